import { expect } from "chai";
import { type Behaviour, type Fault, Simulator } from "../../simulator/src";
import { configurationFor } from "../support/connection";
import { DynamicProviderHost, type Host } from "../support/host";
import { users } from "../support/ids";
import { Owner } from "../support/owner";

const TEAM = users(5);

/** Until the run is over, in however many requests it sends. */
const EACH_TIME = Number.POSITIVE_INFINITY;

interface Fate {
  readonly fault?: Fault;
  /** Whether the run may fail; else it is to end well. */
  readonly fails?: true;
  /** Whether it befalls grants only. */
  readonly grants?: true;
  /** Whether the seats may be somebody else's doing, which `existing: "reject"` refuses. */
  readonly strange?: true;
}

/** What may become of a request. */
const FATES: Record<string, Fate> = {
  "is applied but answered 502": { fault: { status: 502, afterEffect: true } },
  "is applied but answered 502 each time": {
    fault: { status: 502, headers: { "retry-after": "0" }, afterEffect: true, times: EACH_TIME },
  },
  "is applied but dropped": { fault: { instead: "drop", afterEffect: true } },
  "is applied but dropped each time": {
    fault: { instead: "drop", afterEffect: true, times: EACH_TIME },
  },
  "is dropped before it is applied": { fault: { instead: "drop" } },
  "is never applied, but dropped each time": {
    fault: { instead: "drop", times: EACH_TIME },
    fails: true,
  },
  "is applied but not answered in time": { fault: { instead: "hang", afterEffect: true } },
  "is neither applied nor answered in time": { fault: { instead: "hang" } },
  "is answered 429": { fault: { status: 429, headers: { "x-ratelimit-reset": "1" } } },
  "is answered with only some of the users": {
    fault: { status: 201, afterEffect: true, body: answer(TEAM.slice(0, 1)) },
    grants: true,
    strange: true,
  },
  "is answered with nobody, and has given nobody a seat": {
    fault: { status: 201, body: answer([]) },
    grants: true,
    fails: true,
  },
  "finds that somebody else has done it": { strange: true },
};

const shapesOf = (fate: string) =>
  Object.keys(SHAPES).filter((shape) => !FATES[fate]?.strange || shape.endsWith("adopt"));

function answer(assigned_ids: string[]): object {
  return { data: { id: "1", type: "seat-assignments", attributes: { assigned_ids } } };
}

/** The documents leave open what a grant to a holder, and a removal of nothing, are answered. */
const SERVICES: Pick<Behaviour, "assignHeld" | "unassignAbsent">[] = [
  { assignHeld: "assigned", unassignAbsent: 204 },
  { assignHeld: "unnamed", unassignAbsent: 204 },
  { assignHeld: 409, unassignAbsent: 404 },
  { assignHeld: 422, unassignAbsent: 422 },
];

type Shape = (productCode: string) => Owner[];

/** The resources of a stack that owns a team's seats of a product, or one seat. */
const SHAPES: Record<string, Shape> = { ...shapes({}), ...shapes({ existing: "reject" }) };

function shapes(more: { existing?: "reject" }): Record<string, Shape> {
  const what = more.existing ?? "adopt";
  const one = (productCode: string, userId = TEAM[0]) =>
    new Owner("SeatAssignment", { ...more, productCode, userId });
  const members = Object.fromEntries(TEAM.entries());
  return {
    [`one, ${what}`]: (productCode) => [one(productCode)],
    [`group, ${what}`]: (productCode) => TEAM.map((userId) => one(productCode, userId)),
    [`roster, ${what}`]: (productCode) => [
      new Owner("SeatRoster", { ...more, productCode, members }),
    ],
  };
}

interface Outcome {
  readonly errors: readonly string[];
  /** Whose seats the state holds, and whose Datadog does. */
  readonly owned: readonly string[];
  readonly held: readonly string[];
}

for (const service of SERVICES) {
  const kind = `a grant to a holder ends ${service.assignHeld}, a removal of nothing ${service.unassignAbsent}`;

  describe(`ambiguous writes, where ${kind}: state and Datadog agree, at the latest after the next run`, () => {
    let simulator: Simulator;
    /** The processes of three runs: the one before, the one that is struck, and the next. */
    let hosts: Host[];
    /** The one for a run that is struck by silence: it gives an attempt up after three seconds. */
    let hasty: Host;
    /** All cases at the same time, each in a product of its own, for many of them wait. */
    const cases = new Map<string, Promise<{ struck: Outcome; next: Outcome }>>();

    before(async () => {
      simulator = await Simulator.start({ behaviour: service });
      for (const id of TEAM) simulator.org.addUser(id);
      const config = configurationFor(simulator);
      hosts = await Promise.all([1, 2, 3].map(() => DynamicProviderHost.start(config)));
      const impatient = { ...config, "datadogSeats:requestTimeoutSeconds": "3" };
      hasty = await DynamicProviderHost.start(impatient);
      for (const [fate, { grants }] of Object.entries(FATES)) {
        for (const shape of shapesOf(fate)) {
          cases.set(`up ${fate} ${shape}`, strike("up", fate, shape));
          if (!grants) cases.set(`destroy ${fate} ${shape}`, strike("destroy", fate, shape));
        }
      }
    });
    after(async () => {
      await Promise.allSettled(cases.values());
      await Promise.all([...hosts, hasty].map((host) => host.stop()));
      await simulator.stop();
    });

    /** Runs a command that fate strikes, and the same command again in a run that goes well. */
    async function strike(command: "up" | "destroy", fate: string, shape: string) {
      const productCode = `${command} ${fate} ${shape}`;
      const stack = SHAPES[shape]?.(productCode) ?? [];
      const { org } = simulator;
      org.product(productCode);
      const method = command === "up" ? "POST" : "DELETE";
      const { fault: template } = FATES[fate] ?? {};
      const fault: Fault | undefined = template && { ...template, method, productCode };

      async function run(nth: number, what = command): Promise<Outcome> {
        const host = nth === 1 && fault?.instead === "hang" ? hasty : (hosts[nth] as Host);
        const ends = await Promise.allSettled(stack.map((owner) => owner[what](host)));
        const failures = ends.filter((end) => end.status === "rejected");
        return {
          errors: failures.map(({ reason }) => (reason as Error).message),
          owned: stack.flatMap((owner) => owner.users).sort(),
          held: org.holders(productCode),
        };
      }

      if (command === "destroy") await run(0, "up");
      if (fault) simulator.faults.add(fault);
      else if (command === "destroy") for (const id of TEAM) org.unassign(productCode, id);
      else
        meanwhile(
          productCode,
          stack.flatMap((owner) => owner.wanted),
        );
      const struck = await run(1);
      if (fault) simulator.faults.remove(fault);
      return { struck, next: await run(2) };
    }

    /** Somebody else gives them seats, right after the listing of the run that is struck. */
    function meanwhile(productCode: string, ids: string[]): void {
      const { onRequest } = simulator;
      simulator.onRequest = (request) => {
        onRequest?.(request);
        if (request.productCode !== productCode || request.method !== "GET") return;
        for (const id of ids) simulator.org.claim(productCode, id);
      };
    }

    for (const [fate, { fails, grants }] of Object.entries(FATES)) {
      for (const command of grants ? (["up"] as const) : (["up", "destroy"] as const)) {
        const verb = command === "up" ? "a grant" : "a removal";

        it(`${verb} that ${fate}: for one seat, a group and a roster`, async () => {
          for (const shape of shapesOf(fate)) {
            const { struck, next } = await (cases.get(`${command} ${fate} ${shape}`) ?? missing());
            expect(struck.owned, shape).to.deep.equal(struck.held);
            expect(struck.errors.length > 0, `${shape} fails: ${struck.errors}`).to.equal(
              Boolean(fails),
            );
            for (const error of struck.errors) expectClear(error, `${command} ${fate}`);
            const wanted =
              command === "destroy" ? [] : shape.startsWith("one") ? TEAM.slice(0, 1) : TEAM;
            expect(next, shape).to.deep.equal({ errors: [], owned: wanted, held: wanted });
          }
        });
      }
    }
  });
}

/** What was being done, to what, what came of it, on one line. */
function expectClear(error: string, product: string): void {
  expect(error)
    .to.match(/assign a seat of|changes to the seats of/)
    .and.include(product);
  expect(error).to.match(
    /did not respond|did not name this user|another error of this run says why/,
  );
  expect(error).to.not.match(/\n|\[object|undefined/);
}

const missing = () => Promise.reject(new Error("no such case"));
