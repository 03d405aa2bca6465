// The functions of the plugin.
import { CheckFailure, type InvokeRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { OnCallObjects } from "../api/onCall";
import { inOrder } from "../api/responses";
import type { Run } from "../lifecycle/run";
import { SeatsError } from "../model/errors";
import { flagProblem, listProblem, ON_CALL_OBJECTS, teamProblem } from "../model/lookups";
import { membersAmong, ON_CALL } from "../model/members";
import { nativeType } from "../model/resourceTypes";
import { productCodeProblem } from "../model/seat";
import { unknownArguments } from "../model/suggest";
import { disabledProblem, emailListProblem, emailProblem } from "../model/usersByEmail";
import { decode, encode, type Properties } from "./properties";
import { argumentsOf } from "./schema";

interface PluginFunction {
  /** What is wrong with the arguments, by their names. */
  readonly problems: (args: Properties) => Readonly<Record<string, string | undefined>>;
  readonly call: (run: Run, args: Properties) => Promise<object>;
}

const FUNCTIONS: Readonly<Record<string, PluginFunction>> = {
  [nativeType("getSeatUsers")]: {
    problems: ({ productCode }) => ({ productCode: productCodeProblem(productCode) }),
    call: async (run, { productCode }) => {
      // Every call lists the seats again.
      const holders = await run.product({ productCode: String(productCode).trim() }).relist();
      return { users: inOrder(holders) };
    },
  },
  [nativeType("getOnCallUsers")]: {
    problems: ({ allowEmpty, ...lists }) => ({
      ...Object.fromEntries(
        Object.entries(ON_CALL_OBJECTS).map(([name, problemOf]) => [
          name,
          problemAmong(lists[name], "entry", problemOf),
        ]),
      ),
      allowEmpty: flagProblem(allowEmpty),
    }),
    call: async (run, { schedules = [], escalationPolicies = [], teams = [], allowEmpty }) => {
      const { OnCallApi } = require("../api/onCall") as typeof import("../api/onCall");
      const log = logOf(run);
      const onCall = new OnCallApi(run.connection(), { onWait: log });
      const objects = { schedules, escalationPolicies, teams } as OnCallObjects;
      const found = await onCall.users(objects);
      return { ids: membersAmong(found, ON_CALL, allowEmpty === true, log) };
    },
  },
  [nativeType("getTeamMembers")]: {
    problems: ({ team, subTeams, allowEmpty }) => ({
      team: teamProblem(team),
      subTeams: flagProblem(subTeams),
      allowEmpty: flagProblem(allowEmpty),
    }),
    call: async (run, { team, subTeams, allowEmpty }) => {
      const { TeamsApi } = require("../api/teams") as typeof import("../api/teams");
      const log = logOf(run);
      const teams = new TeamsApi(run.connection(), { onWait: log });
      const found = await teams.members(String(team), subTeams === true);
      const where = `the team ${JSON.stringify(team)}`;
      return { ids: membersAmong(found, where, allowEmpty === true, log) };
    },
  },
  [nativeType("getUserIds")]: {
    problems: ({ emails, disabled }) => ({
      emails: emailsProblem(emails),
      disabled: disabledProblem(disabled),
    }),
    call: async (run, { emails, disabled }) => {
      const { UsersApi } = require("../api/users") as typeof import("../api/users");
      const log = logOf(run);
      const users = new UsersApi(run.connection(), { onWait: log });
      const leaveOut = disabled === "leave out" ? log : undefined;
      return { ids: await users.idsByEmail(emails as string[], leaveOut) };
    },
  },
};

const logOf = (run: Run) => (line: string) => void run.log(line);

/**
 * Calls a function.
 *
 * @throws SeatsError when there is no such function, or when it fails
 */
export async function invoke(run: Run, request: InvokeRequest): Promise<InvokeResponse> {
  const token = request.getTok();
  const called = FUNCTIONS[token];
  if (!called) {
    throw new SeatsError(
      `The plugin datadog-seats has no function ${token}: expected one of ${Object.keys(FUNCTIONS).join(", ")}.`,
    );
  }
  const { values, secrets } = decode(request.getArgs());
  const name = token.split(":").at(-1) ?? "";
  const unknown = unknownArguments(name, Object.keys(values), argumentsOf(token));
  const failures = [
    ...unknown.map((reason) => new CheckFailure().setReason(reason)),
    ...Object.entries(called.problems(values)).flatMap(([property, reason]) =>
      reason ? [new CheckFailure().setProperty(property).setReason(reason)] : [],
    ),
  ];
  const response = new InvokeResponse().setFailuresList(failures);
  if (failures.length > 0) return response;
  // In full each time: a program may catch the error, and show it to nobody.
  return response.setReturn(encode(await called.call(run, values), secrets));
}

const emailsProblem = (emails: unknown) =>
  emailListProblem(emails) ?? problemAmong(emails, "email", emailProblem);

/** @param name what the message calls an entry */
function problemAmong(
  values: unknown,
  name: string,
  problemOf: (value: unknown) => string | undefined,
): string | undefined {
  if (!Array.isArray(values)) return listProblem(values);
  const wrong = values.findIndex((value) => problemOf(value));
  return wrong < 0 ? undefined : `${name} ${wrong + 1}: ${problemOf(values[wrong])}`;
}
