// The endpoints of the Teams API that tell who is in a team.
// Source: https://docs.datadoghq.com/api/latest/teams/
import type { Connection } from "../config/connection";
import { SeatsError } from "../model/errors";
import { mapConcurrently } from "../model/mapConcurrently";
import { isUuid } from "../model/seat";
import { nearest } from "../model/suggest";
import type { User } from "../model/usersByEmail";
import type { Call, Permission } from "./call";
import { Client, type ClientOptions } from "./client";
import { now } from "./clock";
import { Included, related, uuidOf } from "./jsonApi";
import {
  CONCURRENCY,
  completeListing,
  type NumberedPage,
  pageQuery,
  parseNumberedPage,
} from "./numberedPages";
import { listingLimitMs } from "./pages";
import { object, UnexpectedResponse } from "./responses";
import { parseUser } from "./users";

export const SEE_TEAMS: Permission = { to: "see teams", anyOf: ["teams_read"] };

export interface Team {
  readonly id: string;
  /** As the program names it, else its handle at Datadog. */
  readonly name: string;
}

/** Lookups among the teams of an org. Every method throws SeatsApiError when a request fails. */
export class TeamsApi {
  private readonly client: Client;
  /** When the lookups must have ended, by the monotonic clock. */
  private readonly listingEnd: number;

  constructor(connection: Connection, options?: ClientOptions) {
    this.client = new Client(connection, options);
    this.listingEnd = now().monotonic + listingLimitMs(connection);
  }

  /**
   * The members of a team, disabled ones too.
   *
   * @param name its handle or its UUID
   * @param subTeams whether those of the teams beneath it count, at any depth
   * @throws SeatsError when there is no such team
   */
  async members(name: string, subTeams: boolean): Promise<readonly User[]> {
    const team = await this.team(name);
    const teams = subTeams ? await this.withSubTeams(team) : [team];
    return (await mapConcurrently(teams, CONCURRENCY, (one) => this.membersOf(one))).flat();
  }

  /** @throws SeatsError when no team has the handle */
  async team(name: string): Promise<Team> {
    const handle = name.trim();
    if (isUuid(handle)) return { id: handle.toLowerCase(), name: handle };
    // The search looks into names and members' emails too.
    const found = await this.list(
      call("/api/v2/team", `find the team ${JSON.stringify(handle)}`),
      "teams",
      "pagination",
      { "filter[keyword]": handle, sort: "name" },
      (entry) => {
        const { attributes } = object(entry, "an entry of `data` is not an object");
        return {
          id: uuidOf(entry),
          name: String(object(attributes, "without `attributes`").handle),
        };
      },
      ({ id }) => id,
    );
    const team = found.find((one) => one.name === handle);
    if (team) return team;
    const [near] = nearest(
      handle,
      found.map((one) => one.name),
    );
    throw new SeatsError(
      `No Datadog team has the handle ${JSON.stringify(handle)}${near === undefined ? "" : ` (did you mean ${JSON.stringify(near)}?)`}. A team's handle is in its page's address; its UUID does as well.`,
    );
  }

  /** The first page of all teams, whatever it holds: it tells whether listing is allowed. */
  async firstPage(): Promise<void> {
    await this.client.send(call("/api/v2/team", "list teams"), () => undefined, {
      query: pageQuery(0),
    });
  }

  /** The members of one team alone, disabled ones too. */
  membersOf({ id, name }: Team): Promise<readonly User[]> {
    return this.list(
      call(`/api/v2/team/${id}/memberships`, `list the members of the team ${quoted(name)}`),
      "members",
      "pagination",
      // Without an order the pages may repeat some members and lack others.
      { sort: "email" },
      (membership, included) => {
        const [user] = related(membership, "user");
        if (!user) throw new UnexpectedResponse("a membership has no user.");
        return parseUser(included.get(user), "`included`");
      },
      ({ userId }) => userId,
    );
  }

  /** A team with all that are beneath it, each once. */
  private async withSubTeams(top: Team): Promise<readonly Team[]> {
    const all = new Map([[top.id, top]]);
    // What is added to a Map while it is read is read too.
    for (const team of all.values()) {
      for (const id of await this.subTeamsOf(team)) {
        if (!all.has(id)) all.set(id, { id, name: id });
      }
    }
    return [...all.values()];
  }

  private subTeamsOf({ id, name }: Team): Promise<readonly string[]> {
    return this.list(
      call("/api/v2/team-hierarchy-links", `list the sub-teams of the team ${quoted(name)}`),
      "sub-teams",
      "page",
      { "filter[parent_team]": id },
      (link) => uuidOf(related(link, "sub_team")[0]),
      (subTeam) => subTeam,
    );
  }

  private list<Entry>(
    call: Call,
    what: string,
    pagination: string,
    query: Readonly<Record<string, string>>,
    parse: (entry: unknown, included: Included) => Entry,
    keyOf: (entry: Entry) => string,
  ): Promise<readonly Entry[]> {
    const request = (number: number): Promise<NumberedPage<Entry>> =>
      this.client.send(
        call,
        ({ body }) => {
          const { entries, total } = parseNumberedPage(body, what, pagination, "total");
          const included = new Included(body);
          return { entries: entries.map((entry) => parse(entry, included)), total };
        },
        { query: { ...pageQuery(number), ...query }, listingEnd: this.listingEnd },
      );
    return completeListing(this.client, call, what, keyOf, request);
  }
}

const quoted = (name: string) => JSON.stringify(name);

const call = (path: string, what: string): Call => ({
  method: "GET",
  path,
  permission: SEE_TEAMS,
  describe: () => what,
  userIds: [],
});
