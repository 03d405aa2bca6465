// The listing cache: a folder in which the runs of one user leave whole listings for each other, for five minutes.
import { createHmac, randomUUID } from "node:crypto";
import * as fs from "node:fs";
import { join, resolve } from "node:path";
import { MAX_AGE_MS, now } from "../api/clock";
import { object, type Page, parsePage, type SeatUser } from "../api/responses";
import type { Connection } from "../config/connection";
import { ConfigurationError } from "../model/errors";
import type { CachedListing } from "./pageReader";

const VARIABLE = "DATADOG_SEATS_LISTING_CACHE";

/** A file that is longer is not read: some 300,000 holders. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The listings of one product. A file that can't be used, read or written never fails a run. */
export class ListingCache {
  private readonly file: string;
  private readonly lastWriteFile: string;

  private constructor(folder: string, { apiUrl, credentials }: Connection, productCode: string) {
    // Keyed by the credentials, so that the name tells neither them nor the org.
    const name = createHmac("sha256", JSON.stringify(credentials));
    name.update(JSON.stringify([apiUrl, productCode]));
    this.file = join(folder, `${name.digest("hex")}.json`);
    this.lastWriteFile = this.file.replace(/json$/, "written");
  }

  /**
   * The cache that the environment names, if it names one.
   *
   * @throws ConfigurationError when others could read or change what is in it
   */
  static open(connection: Connection, productCode: string): ListingCache | undefined {
    const path = process.env[VARIABLE]?.trim();
    if (!path) return undefined;
    const folder = resolve(path);
    const problem = problemOf(folder);
    if (!problem) return new ListingCache(folder, connection, productCode);
    throw new ConfigurationError(
      `${VARIABLE} is ${JSON.stringify(folder)}, ${problem}. Name a folder that only this user can enter, or one that does not exist yet.`,
    );
  }

  /** A whole listing that began less than five minutes ago, and after the last write of any run. */
  load(): CachedListing | undefined {
    return attempt(() => {
      if (fs.statSync(this.file).size > MAX_BYTES) return undefined;
      const { beganAt, ...page } = object(
        JSON.parse(fs.readFileSync(this.file, "utf8")),
        "no object",
      );
      const ageMs = Date.now() - Number(beganAt);
      // An age below zero means that the clock was set back.
      const isFresh = ageMs >= 0 && ageMs <= MAX_AGE_MS && this.isAfterLastWrite(Number(beganAt));
      if (!isFresh) return undefined;
      const { users } = parsePage(page, Number.POSITIVE_INFINITY);
      return { users, beganAt: now().monotonic - ageMs };
    });
  }

  /** The same pages; when the last one has come, the listing is kept for other runs. */
  async *storing(pages: AsyncGenerator<Page, void>): AsyncGenerator<Page, void> {
    const beganAt = Date.now();
    const users = new Map<string, SeatUser>();
    for await (const page of pages) {
      for (const user of page.users) users.set(user.userId, user);
      if (page.nextCursor === undefined) this.store(beganAt, [...users.values()]);
      yield page;
    }
  }

  /** To be called before and after each write: no run uses a listing that began earlier, even one that is stored later. */
  invalidate(): void {
    replace(this.lastWriteFile, String(Date.now()));
    attempt(() => fs.rmSync(this.file, { force: true }));
  }

  private store(beganAt: number, users: readonly SeatUser[]): void {
    if (!this.isAfterLastWrite(beganAt)) return;
    // As Datadog lists them, so that they are checked in the same way when they are read.
    const data = users.map(({ userId: id, email, name, assignedAt: assigned_at }) => ({
      id,
      attributes: { email, name, assigned_at },
    }));
    replace(this.file, JSON.stringify({ beganAt, data }));
  }

  private isAfterLastWrite(at: number): boolean {
    return at > Number(attempt(() => fs.readFileSync(this.lastWriteFile, "utf8")) ?? 0);
  }
}

/** What is wrong with a folder that only this user should enter; it is made where there is none. */
function problemOf(folder: string): string | undefined {
  attempt(() => fs.mkdirSync(folder, { recursive: true, mode: 0o700 }));
  const stats = attempt(() => fs.lstatSync(folder));
  if (!stats?.isDirectory()) return "which is not a folder, and can't be made one";
  if (!process.getuid) return undefined; // Windows tells neither owner nor mode.
  if (stats.uid !== process.getuid()) return "which belongs to another user";
  return stats.mode & 0o077 ? "which other users can enter" : undefined;
}

/** Replaces a file in one step, as far as the file system lets it. */
function replace(file: string, text: string): void {
  const temporary = `${file}.${randomUUID()}`;
  attempt(() => {
    fs.writeFileSync(temporary, text, { mode: 0o600 });
    fs.renameSync(temporary, file);
  });
  attempt(() => fs.rmSync(temporary, { force: true }));
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
