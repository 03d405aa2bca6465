import { always } from "../support/generatedCases";
import { play } from "./play";
import { stories } from "./stories";
import { playTeams } from "./teamPlay";
import { teamStories } from "./teams";

describe("who owns a seat, in random stories of a stack", () => {
  it("is always told by the state: nothing is lost, and nothing of others is touched", () =>
    always(2000, stories, play));
});

describe("who owns a seat, in random stories of a stack for each team", () => {
  it("is told by the ownership map: no seat that it lists is unassigned, and the stacks agree in the end", () =>
    always(300, teamStories, playTeams));
});
