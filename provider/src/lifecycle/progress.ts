// Logs how far a long piece of work has got, every few seconds.
const EVERY_MS = 5000;

export class Progress {
  private done = 0;
  private lastLogged = Date.now();

  /**
   * @param log writes a line
   * @param verb in the past tense, such as "assigned"
   */
  constructor(
    private readonly log: (line: string) => void,
    private readonly verb: string,
    private readonly total: number,
  ) {}

  step(): void {
    this.done += 1;
    const now = Date.now();
    if (now - this.lastLogged < EVERY_MS || this.done === this.total) return;
    this.lastLogged = now;
    this.log(`${this.verb} ${count(this.done)} of ${count(this.total)}`);
  }
}

const count = (n: number) => n.toLocaleString("en-US");
