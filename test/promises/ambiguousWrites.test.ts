// Requests that leave it open whether they took effect. Each row of the table is tried for an assignment and for an
// unassignment, of one seat, of a batch of seats and of a roster, with each kind of service that the documents allow.
import { expect } from "chai";
import { type Behaviour, type Fault, Simulator } from "../../simulator/src";
import { configurationFor } from "../support/connection";
import { onEachEntryPoint } from "../support/entryPoints";
import { users } from "../support/ids";
import { ProviderProcess } from "../support/providerProcess";
import { StackResource } from "../support/stackResource";

const TEAM = users(5);

/** Until the run is over, in however many requests it sends. */
const EACH_TIME = Number.POSITIVE_INFINITY;

interface Ambiguity {
  /** Without one, somebody else makes the same change right before. */
  readonly fault?: Fault;
  /** Whether the run fails; the next one succeeds in any case. */
  readonly fails?: true;
  /** Whether it can happen to an assignment only. */
  readonly assignOnly?: true;
  /** Whether the seat may be somebody else's doing, which `existing: "reject"` refuses. */
  readonly adoptOnly?: true;
}

const AMBIGUITIES: Record<string, Ambiguity> = {
  "takes effect, with status 502": { fault: { status: 502, afterEffect: true } },
  "takes effect, with status 502 each time": {
    fault: { status: 502, headers: { "retry-after": "0" }, afterEffect: true, times: EACH_TIME },
  },
  "takes effect, and its connection drops": { fault: { instead: "drop", afterEffect: true } },
  "takes effect, and its connection drops each time": {
    fault: { instead: "drop", afterEffect: true, times: EACH_TIME },
  },
  "is lost": { fault: { instead: "drop" } },
  "is lost each time": { fault: { instead: "drop", times: EACH_TIME }, fails: true },
  "takes effect, without a response in time": { fault: { instead: "hang", afterEffect: true } },
  "is lost, without a response in time": { fault: { instead: "hang" } },
  "is limited": { fault: { status: 429, headers: { "x-ratelimit-reset": "1" } } },
  "takes effect, with a response that names one user of all": {
    fault: { status: 201, afterEffect: true, body: assigned(TEAM.slice(0, 1)) },
    assignOnly: true,
    adoptOnly: true,
  },
  "has no effect, with a response that names nobody": {
    fault: { status: 201, body: assigned([]) },
    assignOnly: true,
    fails: true,
  },
  "finds that somebody else was faster": { adoptOnly: true },
};

/** What the documents leave open: the response to assigning a held seat, and to unassigning an absent one. */
const SERVICES: Pick<Behaviour, "assignHeld" | "unassignAbsent">[] = [
  { assignHeld: "assigned", unassignAbsent: 204 },
  { assignHeld: "unnamed", unassignAbsent: 204 },
  { assignHeld: 409, unassignAbsent: 404 },
  { assignHeld: 422, unassignAbsent: 422 },
];

/** The resources of a stack that owns seats of a product. */
const STACKS: Record<string, (productCode: string) => StackResource[]> = {
  ...stacks("adopt"),
  ...stacks("reject"),
};

function stacks(existing: "adopt" | "reject"): typeof STACKS {
  const seat = (productCode: string, userId = TEAM[0]) =>
    new StackResource("SeatAssignment", { existing, productCode, userId });
  const members = Object.fromEntries(TEAM.entries());
  return {
    [`one seat, ${existing}`]: (productCode) => [seat(productCode)],
    [`a batch, ${existing}`]: (productCode) => TEAM.map((userId) => seat(productCode, userId)),
    [`a roster, ${existing}`]: (productCode) => [
      new StackResource("SeatRoster", { existing, productCode, members }),
    ],
  };
}

const stacksFor = ({ adoptOnly }: Ambiguity) =>
  Object.entries(STACKS).filter(([name]) => !adoptOnly || name.endsWith("adopt"));

function assigned(assigned_ids: string[]): object {
  return { data: { id: "1", type: "seat-assignments", attributes: { assigned_ids } } };
}

interface Outcome {
  readonly errors: readonly string[];
  /** Whose seats the state holds, and whose Datadog does. */
  readonly owned: readonly string[];
  readonly held: readonly string[];
}

/** All groups begin before the first test, because most of their time is spent waiting. */
const begin: (() => Promise<void>)[] = [];
before(async () => {
  for (const group of begin) await group();
});

for (const service of SERVICES) {
  const kind = `assigning a held seat ends ${service.assignHeld}, unassigning an absent one ${service.unassignAbsent}`;

  onEachEntryPoint(
    `after an ambiguous write, where ${kind}, state and Datadog agree, at the latest after the next run`,
    (entryPoint) => {
      let simulator: Simulator;
      /** The provider processes of the run before, of the ambiguous one, and of the next. */
      let runs: ProviderProcess[];
      /** The one of an ambiguous run without responses: it waits ten seconds for each. */
      let hasty: ProviderProcess;
      /** All cases at the same time, each in a product of its own, because many of them wait. */
      const cases = new Map<string, Promise<{ ambiguous: Outcome; next: Outcome }>>();

      begin.push(async () => {
        simulator = await Simulator.start({ behaviour: service });
        for (const id of TEAM) simulator.org.addUser(id);
        const config = configurationFor(simulator);
        runs = await Promise.all(
          [1, 2, 3].map(() => ProviderProcess.start(config, { entryPoint })),
        );
        hasty = await ProviderProcess.start(
          { ...config, "datadogSeats:requestTimeoutSeconds": "10" },
          { entryPoint },
        );
        for (const [title, ambiguity] of Object.entries(AMBIGUITIES)) {
          for (const [name, resourcesOf] of stacksFor(ambiguity)) {
            for (const command of commandsOf(ambiguity)) {
              const productCode = `${command} ${title} ${name}`;
              cases.set(
                productCode,
                play(command, productCode, resourcesOf(productCode), ambiguity),
              );
            }
          }
        }
      });
      after(async () => {
        await Promise.allSettled(cases.values());
        await Promise.all([...runs, hasty].map((host) => host.stop()));
        await simulator.stop();
      });

      /** A command that meets the ambiguity, and the same command again in a run that goes well. */
      async function play(
        command: "up" | "destroy",
        productCode: string,
        stack: StackResource[],
        ambiguity: Ambiguity,
      ) {
        const { org } = simulator;
        org.product(productCode);
        const method = command === "up" ? "POST" : "DELETE";
        const fault = ambiguity.fault && { ...ambiguity.fault, method, productCode };

        async function run(nth: number, what = command): Promise<Outcome> {
          const host =
            nth === 1 && fault?.instead === "hang" ? hasty : (runs[nth] as ProviderProcess);
          const ends = await Promise.allSettled(stack.map((owner) => owner[what](host)));
          const failures = ends.filter((end) => end.status === "rejected");
          return {
            errors: failures.map(({ reason }) => (reason as Error).message),
            owned: stack.flatMap((owner) => owner.users).sort(),
            held: org.holders(productCode),
          };
        }

        if (command === "destroy") await run(0, "up");
        const wanted = stack.flatMap((owner) => owner.wanted);
        if (fault) simulator.faults.add(fault as Fault);
        else if (command === "up") claimAfterListing(productCode, wanted);
        else for (const id of TEAM) org.unassign(productCode, id);
        const ambiguous = await run(1);
        if (fault) simulator.faults.remove(fault as Fault);
        return { ambiguous, next: await run(2) };
      }

      /** Somebody else assigns them seats, right after the listing of the ambiguous run. */
      function claimAfterListing(productCode: string, userIds: string[]): void {
        const { onRequest } = simulator;
        simulator.onRequest = (request) => {
          onRequest?.(request);
          if (request.productCode !== productCode || request.method !== "GET") return;
          for (const id of userIds) simulator.org.claim(productCode, id);
        };
      }

      for (const [title, ambiguity] of Object.entries(AMBIGUITIES)) {
        for (const command of commandsOf(ambiguity)) {
          const verb = command === "up" ? "an assignment" : "an unassignment";

          it(`${verb} that ${title}: of one seat, a batch and a roster`, async () => {
            for (const [name] of stacksFor(ambiguity)) {
              const productCode = `${command} ${title} ${name}`;
              const { ambiguous, next } = await (cases.get(productCode) ?? missing());
              expect(ambiguous.owned, name).to.deep.equal(ambiguous.held);
              expect(ambiguous.errors.length > 0, `${name} fails: ${ambiguous.errors}`).to.equal(
                Boolean(ambiguity.fails),
              );
              for (const error of ambiguous.errors) expectClear(error, productCode);
              const team = name.startsWith("one seat") ? TEAM.slice(0, 1) : TEAM;
              const wanted = command === "destroy" ? [] : team;
              expect(next, name).to.deep.equal({ errors: [], owned: wanted, held: wanted });
            }
          });
        }
      }
    },
  );
}

function commandsOf({ assignOnly }: Ambiguity): ("up" | "destroy")[] {
  return assignOnly ? ["up"] : ["up", "destroy"];
}

/** What was being done, to what, what came of it, on one line. */
function expectClear(error: string, productCode: string): void {
  expect(error)
    .to.match(/(assign|changes to) .+ seats? /)
    .and.include(productCode);
  expect(error).to.match(
    /did not respond|did not name this user|another error of this run says why/,
  );
  expect(error).to.not.match(/\n|\[object|undefined/);
}

const missing = () => Promise.reject(new Error("no such case"));
