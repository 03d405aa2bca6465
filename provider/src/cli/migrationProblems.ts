// Why the seats of a state can't be moved to another entry point, and what to do about it.
import { providerText } from "../model/dynamicResource";
import { someOf } from "../model/roster";
import { productOfRosterId, seatOfId } from "../model/seat";
import { nameOfUrn } from "../model/urn";
import {
  type EntryPoint,
  FORMS,
  isDefaultProvider,
  nameOfType,
  otherThan,
  referenceTo,
  urnRenamer,
} from "./entryPoints";
import { formatProblem, type Resource, type State } from "./stateText";

const TAKE_OUT =
  "Take them out of the state with `pulumi state delete`, which leaves the seats as they are, and move the others.";

/** All that is in the way of moving the seats of a state; nothing when they can be moved. */
export function migrationProblems(state: State, to: EntryPoint): string[] {
  const from = FORMS[otherThan(to)];
  const seats = state.resources.filter(({ type }) => nameOfType(type, from) !== undefined);
  return [
    ...versionProblem(state),
    ...pendingProblem(state),
    ...takenProblem(state, seats, to),
    ...(to === "native" ? problemsOfDynamic(seats) : problemsOfNative(state, seats)),
  ];
}

function versionProblem({ version }: State): string[] {
  if (version === undefined) {
    return ["It has no version. Give all that `pulumi stack export` writes."];
  }
  const problem = formatProblem(version);
  return problem ? [`Its format ${problem}`] : [];
}

function pendingProblem({ pendingOperations }: State): string[] {
  if (pendingOperations.length === 0) return [];
  return [
    "An interrupted run has left operations pending. Run `pulumi refresh`, which asks about them, then `pulumi up`, and export the state again.",
  ];
}

/** Two resources of one URN are no state. */
function takenProblem({ resources }: State, seats: readonly Resource[], to: EntryPoint): string[] {
  const present = resources.filter((resource) => !resource.delete);
  const taken = new Set(present.map(({ urn }) => urn));
  const rename = urnRenamer(seats[0]?.urn ?? "", FORMS[otherThan(to)], FORMS[to]);
  const twice = present.filter(({ urn }) => rename(urn) !== urn && taken.has(rename(urn)));
  return about(
    twice,
    `${FORMS[to].name} has resources of these names in the state already. Take one of the two out of the state with \`pulumi state delete\`, which leaves the seat as it is`,
  );
}

function problemsOfDynamic(seats: readonly Resource[]): string[] {
  const orgOf = ({ id = "" }: Resource) => (seatOfId(id) ?? productOfRosterId(id))?.org;
  const foreign = seats.filter(({ type, inputs, outputs }) => {
    const text = providerText(nameOfType(type, FORMS.dynamic) ?? "");
    return [inputs, outputs].some((properties) => (properties?.__provider ?? text) !== text);
  });
  return [
    ...about(
      seats.filter((seat) => orgOf(seat) !== undefined),
      `they name an org, and a provider of the plugin has one org only. ${TAKE_OUT} Then import them with a provider of their org: \`pulumi import --provider\``,
    ),
    ...about(foreign, `their provider is not the one of pulumi-datadog-seats. ${TAKE_OUT}`),
  ];
}

function problemsOfNative({ resources }: State, seats: readonly Resource[]): string[] {
  const defaults = new Set(
    resources.filter((resource) => isDefaultProvider(resource, FORMS.native)).map(referenceTo),
  );
  return about(
    seats.filter(({ provider = "" }) => !defaults.has(provider)),
    `they have an explicit provider, and the dynamic provider knows no keys but those of the configuration. ${TAKE_OUT} Then declare them with the \`org\` of these keys, and \`pulumi up\` adopts them`,
  );
}

/** What is said of some resources, if there are any. */
function about(resources: readonly Resource[], what: string): string[] {
  if (resources.length === 0) return [];
  return [`${someOf(resources.map(({ urn }) => nameOfUrn(urn)))}: ${what}.`];
}
