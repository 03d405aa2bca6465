import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { RecordedRuns } from "../support/recordedRuns";
import { inProduct, type ShortProgram, seatsOf } from "../support/shortProgram";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const [dave, erin, frank] = [user(4), user(5), user(6)];
/** Beside the stack's seats in each product: five on three pages. */
const program: ShortProgram = { alice, bob, erin };
const others = [carol, dave];

/** What somebody else does, each in a product of its own. */
const products = ["unassigned", "claimed", "gone", "last_page", "moving", "failing"];

onEachEntryPoint(
  "drift: refresh and preview show what Datadog holds, whichever page it is on",
  (entryPoint) => {
    const ctx = stackHarness({ users: 6, entryPoint, shared: true });
    const runs = new RecordedRuns(ctx, products);
    const owned = (product: string, users: ShortProgram = program) => seatsOf(product, users);

    before(async () => {
      const { stack, simulator } = ctx;
      const { org } = simulator;
      const declare = (...more: Parameters<typeof stack.declare>) =>
        stack.declare(...products.flatMap((product) => inProduct(product, program).seats), ...more);
      const failing = (...command: string[]) => stack.fails(...command, "--yes", "--skip-preview");
      stack.set({ "datadogSeats:pageSize": "2" });
      for (const product of products) for (const id of others) org.claim(product, id);
      await declare();
      await runs.run("up", stack.up);

      const busy = { status: 422, body: { errors: ["busy"] } };
      simulator.faults.add({ method: "GET", productCode: "failing", page: 2, ...busy });
      await runs.run("failed refresh", () => failing("refresh"));
      for (const [product, id] of [
        ["unassigned", alice],
        ["gone", bob],
        ["last_page", erin],
      ] as const) {
        org.unassign(product, id);
      }
      org.users.delete(bob);
      org.claim("claimed", frank);
      await runs.run("preview", () => stack.fails("preview", "--refresh", "--expect-no-changes"));
      // Carol gives up her seat once the second page has come: erin moves there from the third.
      simulator.behaviour.cursorBy = "offset";
      let pages = 0;
      simulator.onRequest = ({ productCode }) => {
        if (productCode === "moving") pages += 1;
        if (pages === 2) org.unassign("moving", carol);
      };
      await runs.run("refresh", stack.refresh);
      await declare(...inProduct("claimed", { frank }).seats);
      await runs.run("next up", () => failing("up", "--continue-on-error"));
    });

    it("a seat that was unassigned elsewhere is missed in a preview, dropped by a refresh, and assigned by the next up", () => {
      expect(runs.output("preview")).to.include("+ 3 to create");
      expect(runs.outcome("refresh", "unassigned")?.owned).to.deep.equal(
        owned("unassigned", { bob, erin }),
      );
      const { writes, owned: seats } = runs.outcome("next up", "unassigned") ?? {};
      expect(writes).to.deep.equal([`POST unassigned ${alice}`]);
      expect(seats).to.deep.equal(owned("unassigned"));
    });

    it("a seat that was claimed meanwhile is nobody's drift, until the program declares it and adopts it", () => {
      expect(runs.outcome("refresh", "claimed")?.owned).to.deep.equal(owned("claimed"));
      expect(runs.output("next up")).to.match(new RegExp(`Adopted .* user ${frank}`));
      const { writes, owned: seats } = runs.outcome("next up", "claimed") ?? {};
      expect(writes).to.deep.equal([]);
      expect(seats).to.deep.equal(owned("claimed", { ...program, frank }));
    });

    it("a user who left the org is missed, and the next up says whom Datadog doesn't know", () => {
      const left = owned("gone", { alice, erin });
      expect(runs.outcome("refresh", "gone")?.owned).to.deep.equal(left);
      expect(runs.output("next up")).to.match(
        new RegExp(`Could not assign a gone seat to user ${bob}: .* not found`),
      );
      expect(runs.outcome("next up", "gone")?.owned).to.deep.equal(left);
    });

    it("a seat on the third of three pages is found, and missed", () => {
      expect(runs.outcome("refresh", "unassigned")?.owned).to.include(
        `unassigned-erin unassigned/${erin}`,
      );
      expect(runs.outcome("refresh", "last_page")?.owned).to.deep.equal(
        owned("last_page", { alice, bob }),
      );
    });

    it("a seat that moves to an earlier page while they are read is found", () => {
      expect(runs.outcome("refresh", "moving")?.owned).to.deep.equal(owned("moving"));
    });

    it("an error on the second page keeps the state as it is", () => {
      expect(runs.output("failed refresh"))
        .to.match(/Could not list .*failing.*busy/)
        .and.not.match(/\n\s+at |\[object Object\]/);
      for (const product of products) {
        expect(runs.outcome("failed refresh", product)?.owned).to.deep.equal(owned(product));
      }
    });
  },
);
