// The ownership map: a file of the repository that says which stack owns which seat, so that no other stack unassigns it.
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigurationError } from "../model/errors";
import { normalizeUserId, productCodeProblem, type Seat } from "../model/seat";
import { isObject } from "../model/values";
import type { Environment } from "./credentials";
import type { NameSetting, ReadConfig } from "./settings";

const VARIABLE = "DATADOG_SEATS_OWNERSHIP_MAP";
/** Some 150,000 seats. */
const MAX_BYTES = 8 * 1024 * 1024;

/** A user as Datadog's listing shows one. */
interface ListedUser {
  readonly userId: string;
  readonly email?: string;
}

export class OwnershipMap {
  /** The stack that owns a seat, by product and user: a UUID or an email, in lower case. */
  private readonly stacks = new Map<string, string>();
  /** The products of which some users are given by email. */
  private readonly byEmail = new Set<string>();

  private constructor(
    /** As the configuration gives it, for messages. */
    readonly file: string,
  ) {}

  /**
   * The map of this run, if it has one: of the environment, because a `destroy` uses the configuration that the stack stored
   * at its last `up`, else of the stack's configuration. A relative path is from the program's folder.
   *
   * @param nameOf what the settings are called in the stack's configuration
   * @throws ConfigurationError that names the place in the file
   */
  static read(
    stack: ReadConfig,
    environment: Environment,
    nameOf: NameSetting,
  ): OwnershipMap | undefined {
    const inEnvironment = environment[VARIABLE]?.trim();
    const file = inEnvironment || stack(nameOf("ownershipMap"))?.trim();
    if (!file) return undefined;
    const map = new OwnershipMap(file);
    try {
      map.take(contentOf(file));
      return map;
    } catch (error) {
      const setting = inEnvironment ? VARIABLE : nameOf("ownershipMap");
      throw new ConfigurationError(
        `The ownership map ${file} (${setting}) can't be used: ${(error as Error).message}. Correct it, or run without ${setting}.`,
      );
    }
  }

  /**
   * The stack under which the map lists a seat, as it is named there.
   *
   * @throws ConfigurationError when it lists the user under two, by email and by UUID
   */
  stackOf(productCode: string, { userId, email }: ListedUser): string | undefined {
    const byId = this.stacks.get(entry(productCode, userId));
    const byEmail = email && this.stacks.get(entry(productCode, email.toLowerCase()));
    if (byId && byEmail && byId !== byEmail) {
      throw new ConfigurationError(
        `The ownership map ${this.file} can't be used: ${byId} has user ${userId} under ${productCode}, and ${byEmail} has ${email}, the same user. Leave one of them out.`,
      );
    }
    return byId ?? (byEmail || undefined);
  }

  /** Whether it takes a user's email to know that the map doesn't list the seat. */
  needsEmail({ productCode, userId }: Seat): boolean {
    return this.byEmail.has(productCode) && !this.stacks.has(entry(productCode, userId));
  }

  /** @throws Error that ends the sentence "… can't be used:" */
  private take(content: unknown): void {
    const stacks = objectAt("it", content, "stacks");
    for (const [stack, products] of Object.entries(stacks)) {
      // Editors find the file's JSON schema by it.
      if (stack === "$schema") continue;
      const place = JSON.stringify(stack);
      if (!/^([^/]+\/)?[^/]+$/.test(stack)) {
        throw new Error(`${place} names no stack: expected "stack" or "project/stack"`);
      }
      for (const [code, users] of Object.entries(objectAt(place, products, "products"))) {
        const problem = productCodeProblem(code);
        if (problem) throw new Error(`in ${place}, ${JSON.stringify(code)}: ${problem}`);
        if (!Array.isArray(users)) {
          throw new Error(`in ${place}, ${JSON.stringify(code)} is not a list of users`);
        }
        for (const user of users) this.add(stack, code.trim(), user);
      }
    }
  }

  private add(stack: string, productCode: string, given: unknown): void {
    const userId = normalizeUserId(given);
    const user = userId ?? normalizeEmail(given);
    if (user === undefined) {
      throw new Error(
        `in ${JSON.stringify(stack)}, "${productCode}", ${JSON.stringify(given)} is neither an email nor the UUID of a Datadog user`,
      );
    }
    if (userId === undefined) this.byEmail.add(productCode);
    const seat = entry(productCode, user);
    const other = this.stacks.get(seat) ?? stack;
    if (other !== stack) {
      throw new Error(
        `${JSON.stringify(other)} and ${JSON.stringify(stack)} both have the ${productCode} seat of ${user}`,
      );
    }
    this.stacks.set(seat, stack);
  }
}

const entry = (productCode: string, user: string) => `${productCode}/${user}`;

function normalizeEmail(given: unknown): string | undefined {
  const text = typeof given === "string" ? given.trim().toLowerCase() : "";
  return /^[^\s@]+@[^\s@]+$/.test(text) ? text : undefined;
}

function contentOf(file: string): unknown {
  const text = textOf(resolve(file));
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Error(`it is not JSON: ${(error as Error).message}`);
  }
}

function textOf(path: string): string {
  try {
    // Not after it was opened: a named pipe that nobody writes to would be waited for.
    const stat = statSync(path);
    if (!stat.isFile()) throw new Error(`${path} is not a file`);
    if (stat.size > MAX_BYTES) throw new Error(`it has more than ${MAX_BYTES / 1024 ** 2} MiB`);
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(code === "ENOENT" ? `there is no file ${path}` : message);
  }
}

function objectAt(place: string, content: unknown, of: string): Record<string, unknown> {
  if (isObject(content)) return content;
  throw new Error(`${place} is not an object of ${of}`);
}
