// One display for all teams: on a terminal a line each that changes, elsewhere a line for each beginning and end.
import { clearScreenDown, moveCursor } from "node:readline";

export type Status = "waiting" | "running" | "done" | "failed";

export class Progress {
  private readonly lines = new Map<string, string>();
  private readonly width: number;
  private readonly live: boolean;
  private drawn = 0;

  constructor(
    teams: readonly string[],
    private readonly out = process.stdout,
  ) {
    this.width = Math.max(...teams.map(({ length }) => length));
    // Lines that have scrolled off the screen can't be drawn again.
    this.live = out.isTTY && teams.length < out.rows;
    for (const team of teams) this.lines.set(team, this.line(team, "waiting"));
    if (this.live) this.draw();
  }

  /** @param detail how far the team is */
  update(team: string, status: Status, detail = ""): void {
    const line = this.line(team, status, detail);
    this.lines.set(team, line);
    if (this.live) this.draw();
    else if (status !== "running" || detail === "") this.out.write(`${line}\n`);
  }

  private line(team: string, status: Status, detail = ""): string {
    return `${team.padEnd(this.width)}  ${status.padEnd(7)}  ${detail}`.trimEnd();
  }

  private draw(): void {
    moveCursor(this.out, 0, -this.drawn);
    clearScreenDown(this.out);
    for (const line of this.lines.values())
      this.out.write(`${line.slice(0, this.out.columns - 1)}\n`);
    this.drawn = this.lines.size;
  }
}
