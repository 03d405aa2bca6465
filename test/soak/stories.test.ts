// Random stories of a stack (test/model), played by Pulumi's own engine: what the model's engine shows holds only as far
// as it behaves like this one.
import { playOn } from "../model/play";
import { RealStack } from "../model/realStack";
import { stories } from "../model/stories";
import { Story } from "../model/story";
import { samples } from "../support/generatedCases";

/** The same story without what only the engine of the model can suffer. */
const healthy = ({ world, steps }: Story) =>
  new Story(
    world,
    steps.map((step) =>
      step.command === "outside" ? step : { ...step, faults: [], kill: undefined },
    ),
  );

describe("who owns a seat, in random stories with Pulumi's own engine", () => {
  for (const [n, story] of samples(4, stories.map(healthy)).entries()) {
    it(`is always told by the state: story ${n + 1}`, async () => {
      const stack = await RealStack.start(story.world);
      try {
        await playOn(stack, story);
      } catch (error) {
        throw new Error(`${(error as Error).message}\nThe story:\n${story}`);
      } finally {
        await stack.stop();
      }
    });
  }
});
