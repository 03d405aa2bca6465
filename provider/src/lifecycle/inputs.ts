// Checks and normalises the inputs of a resource. The reasons complete the engine's own line:
// "property userId value {…} has a problem: <reason>".
import type { dynamic } from "@pulumi/pulumi";
import { labelProblem } from "../model/roster";
import { normalizeUserId, productCodeProblem } from "../model/seat";
import { isObject } from "../model/values";

/** What a preview sends for a value that is not known yet. A well-formed UUID, which must not be treated as one. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What the program tells the provider beside the inputs of a resource, because the engine tells it neither. */
export interface ProgramHints {
  readonly __urn?: string;
  /** Present in a preview. */
  readonly __preview?: true;
}

/** Reads one input after the other, recording what is wrong. */
export class InputCheck {
  readonly failures: dynamic.CheckFailure[] = [];
  readonly inputs: Record<string, unknown> = {};

  constructor(private readonly given: Record<string, unknown>) {}

  productCode(property: string): void {
    this.read(property, (value) => {
      const problem = productCodeProblem(value);
      return problem === undefined ? String(value).trim() : this.fail(property, problem);
    });
  }

  userId(property: string): void {
    this.read(property, (value) => {
      return normalizeUserId(value) ?? this.fail(property, userIdReason(value));
    });
  }

  /** User UUIDs by label. What is wrong is said of the resource, for its line would hold all members. */
  members(property: string): void {
    this.read(property, (value) => {
      if (!isObject(value)) {
        return this.fail(property, "expected the UUIDs of Datadog users by label");
      }
      const labels = new Map<string, string>();
      const members = Object.entries(value).map(([label, user]) => {
        const userId = normalizeUserId(user);
        const name = JSON.stringify(label);
        const twin = userId !== UNKNOWN && userId !== undefined && labels.get(userId);
        if (userId === undefined) this.fail("", `member ${name}: ${userIdReason(user)}`);
        else if (twin) this.fail("", `members ${twin} and ${name} are the same user ${userId}`);
        else labels.set(userId, name);
        const problem = labelProblem(label);
        if (problem) this.fail("", `member ${name}: ${problem}`);
        return [label, userId ?? user];
      });
      return Object.fromEntries(members);
    });
  }

  boolean(property: string): void {
    this.read(property, (value) => {
      if (value === undefined || typeof value === "boolean") return value;
      return this.fail(property, "expected true or false");
    });
  }

  wholeNumber(property: string): void {
    this.read(property, (value) => {
      if (value === undefined || (Number.isInteger(value) && Number(value) >= 0)) return value;
      return this.fail(property, "expected a whole number, 0 or more");
    });
  }

  /** Refuses the resource as a whole, where there is a reason. */
  refuse(reason: string | undefined): void {
    if (reason !== undefined) this.fail("", reason);
  }

  /** Takes what the package itself has given. */
  keep(property: string): void {
    this.read(property, (value) => value);
  }

  /** One of a few words, or nothing. */
  oneOf(property: string, ...allowed: string[]): void {
    this.read(property, (value) => {
      if (value === undefined || allowed.some((word) => word === value)) return value;
      return this.fail(property, `expected ${allowed.map((word) => `"${word}"`).join(" or ")}`);
    });
  }

  /** Whether a property that was read is sound, and known already. */
  knows(property: string): boolean {
    const failed = this.failures.some((failure) => failure.property === property);
    return !failed && this.inputs[property] !== UNKNOWN;
  }

  private read(property: string, normalised: (value: unknown) => unknown): void {
    const value = this.given[property];
    const result = value === UNKNOWN ? value : normalised(value);
    if (result !== undefined) this.inputs[property] = result;
  }

  /** A value that is wrong is handed back as it came. */
  private fail(property: string, reason: string): unknown {
    this.failures.push({ property, reason });
    return this.given[property];
  }
}

function userIdReason(value: unknown): string {
  const hint =
    typeof value === "string" && value.includes("@")
      ? "; an email is not enough: look the UUID up with getUserIds, or under Organization Settings > Users"
      : "";
  return `expected the UUID of a Datadog user, such as "3fa85f64-5717-4562-b3fc-2c963f66afa6"${hint}`;
}
