// Who holds a product's seats, as far as a preview reads it.
import * as pulumi from "@pulumi/pulumi";
import type { Page, SeatUser } from "../api/responses";
import type { Connection } from "../config/connection";

/** How many pages of the listing a preview reads: what it says is not worth more. */
const MAX_PAGES = 10;

export class Holders {
  /** Whether the whole listing was read. */
  isComplete = false;
  private readonly found = new Map<string, SeatUser>();
  private readonly pages: AsyncIterator<Page, void>;
  private pagesRead = 0;

  constructor(connection: Connection, productCode: string) {
    // Loading the HTTP client takes long, and a preview without new seats needs none.
    const { SeatsApi } = require("../api/seats") as typeof import("../api/seats");
    const api = new SeatsApi(connection, { onWait: (line) => pulumi.log.info(line) });
    this.pages = api.pages(productCode);
  }

  /** How many holders were read. */
  get count(): number {
    return this.found.size;
  }

  /**
   * Reads on until these users are found, or the listing or its bound is at its end.
   *
   * @throws SeatsApiError
   */
  async look(userIds: readonly string[]): Promise<void> {
    while (
      !this.isComplete &&
      this.pagesRead < MAX_PAGES &&
      !userIds.every((userId) => this.found.has(userId))
    ) {
      const { done, value } = await this.pages.next();
      this.pagesRead += 1;
      if (done) this.isComplete = true;
      else for (const user of value.users) this.found.set(user.id, user);
      if (!done && value.nextCursor === undefined) this.isComplete = true;
    }
  }

  find(userId: string): SeatUser | undefined {
    return this.found.get(userId);
  }
}
