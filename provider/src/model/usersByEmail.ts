// Which user an email belongs to. The same email in another case is the same one.
import { SeatsError } from "./errors";
import { nearest } from "./suggest";

/** A user of Datadog: a person or a service account. */
export interface User {
  /** The UUID, in lower case. */
  readonly userId: string;
  readonly email?: string;
  readonly isDisabled: boolean;
  readonly isServiceAccount: boolean;
}

/** The longest email that there can be (RFC 5321). */
const MAX_EMAIL_LENGTH = 254;
/** How many emails a message lists of each kind of problem. */
const MAX_SHOWN = 20;
/** How many users or similar emails it lists for one email. */
const MAX_FOR_ONE = 3;

/** Why a value can't be an email, whoever the users are. Blanks around it don't count. */
export function emailProblem(value: unknown): string | undefined {
  const email = typeof value === "string" ? value.trim() : "";
  const isEmail = email.length <= MAX_EMAIL_LENGTH && /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(email);
  return isEmail ? undefined : 'expected an email such as "alice@example.com"';
}

/** Why a value can't be a list of emails, whatever is in it. */
export const emailListProblem = (value: unknown): string | undefined =>
  Array.isArray(value) ? undefined : 'expected a list of emails, such as ["alice@example.com"]';

/** Why a value can't say what to do about emails of disabled users. */
export const disabledProblem = (value: unknown): string | undefined =>
  ["error", "leave out"].includes((value ?? "error") as string)
    ? undefined
    : 'expected "error" or "leave out"';

/** The same text for all ways to write one email. */
export const emailKey = (email: string) => email.trim().toLowerCase();

/** Why an email doesn't identify a person. */
const PROBLEMS = ["unknown", "disabled", "ambiguous", "serviceAccount"] as const;
type Problem = (typeof PROBLEMS)[number];

const IN_WORDS: Record<Problem, string> = {
  unknown: "that no user has",
  disabled: "of disabled users",
  ambiguous: "that several users have",
  serviceAccount: "of service accounts",
};

export class UsersByEmail {
  /** All users with an email, each once. */
  private readonly users = new Map<string, Map<string, User>>();

  constructor(users: readonly User[]) {
    for (const user of users) {
      if (user.email === undefined) continue;
      const key = emailKey(user.email);
      this.users.set(key, (this.users.get(key) ?? new Map()).set(user.userId, user));
    }
  }

  /** Whether any user has an email, enabled or not. */
  has(email: string): boolean {
    return this.users.has(emailKey(email));
  }

  /**
   * The person whose email it is: the only user with this email who isn't disabled, unless that is a service account.
   *
   * @returns the user's UUID; `undefined` where there is no such person
   */
  idOf(email: string): string | undefined {
    if (this.problemOf(email)) return undefined;
    return this.usersOf(email).find(({ isDisabled }) => !isDisabled)?.userId;
  }

  /**
   * The UUIDs of the people whose emails these are, by the emails as they are given.
   *
   * @param leaveOut is told of emails that only disabled users have; without it they are an error
   * @throws SeatsError that lists every email that doesn't identify a person
   */
  ids(emails: readonly string[], leaveOut?: (line: string) => void): Record<string, string> {
    const given = [...new Set(emails)];
    const leftOut = given.filter((email) => leaveOut && this.problemOf(email) === "disabled");
    if (leftOut.length > 0) {
      leaveOut?.(`Left out, of ${given.length} emails, ${this.describe("disabled", leftOut)}.`);
    }
    const asked = given.filter((email) => !leftOut.includes(email));
    const failed = asked.filter((email) => this.problemOf(email));
    if (failed.length === 0) {
      return Object.fromEntries(asked.map((email) => [email, this.idOf(email) ?? ""]));
    }
    const lines = PROBLEMS.map((problem) => {
      const some = failed.filter((email) => this.problemOf(email) === problem);
      return some.length > 0 ? `\n  ${this.describe(problem, some)}` : "";
    });
    const hint = failed.some((email) => this.problemOf(email) === "disabled")
      ? ' (those of disabled users with `disabled: "leave out"`)'
      : "";
    throw new SeatsError(
      `Could not find the users of ${failed.length} of ${given.length} emails:${lines.join("")}\nCorrect these emails, or leave them out${hint}. A user who has no email of their own can be named by UUID, where a UUID is asked for.`,
    );
  }

  private usersOf(email: string): User[] {
    return [...(this.users.get(emailKey(email))?.values() ?? [])];
  }

  private problemOf(email: string): Problem | undefined {
    const users = this.usersOf(email);
    const [user, ...others] = users.filter(({ isDisabled }) => !isDisabled);
    if (users.length === 0) return "unknown";
    if (!user) return "disabled";
    if (others.length > 0) return "ambiguous";
    return user.isServiceAccount ? "serviceAccount" : undefined;
  }

  private describe(problem: Problem, emails: readonly string[]): string {
    const details =
      problem === "unknown" ? this.likelyMeant() : (email: string) => this.whose(email);
    const shown = emails
      .slice(0, MAX_SHOWN)
      .map((email) => `${JSON.stringify(email.trim())}${details(email)}`);
    const more = emails.length - shown.length;
    return `${emails.length} ${IN_WORDS[problem]}: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  }

  /** For an email that no user has: the emails of people of which it may be a typo. */
  private likelyMeant(): (email: string) => string {
    const people = [...this.users.keys()].filter((email) => !this.problemOf(email));
    return (email) => {
      const near = nearest(emailKey(email), people).slice(0, MAX_FOR_ONE);
      const quoted = near.map((one) => JSON.stringify(one)).join(" or ");
      return quoted && ` (did you mean ${quoted}?)`;
    };
  }

  private whose(email: string): string {
    const users = this.usersOf(email).map(({ userId, isDisabled, isServiceAccount }) => {
      const kind = isServiceAccount ? "service account" : "user";
      return `${isDisabled ? "disabled " : ""}${kind} ${userId}`;
    });
    const more = users.length > MAX_FOR_ONE ? ", …" : "";
    return ` (${users.slice(0, MAX_FOR_ONE).join(", ")}${more})`;
  }
}
