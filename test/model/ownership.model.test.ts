import { always } from "../support/generatedCases";
import { play } from "./play";
import { stories } from "./stories";

describe("who owns a seat, in random stories of a stack", () => {
  it("is always told by the state: nothing is lost, and nothing of others is touched", () =>
    always(2000, stories, play));
});
