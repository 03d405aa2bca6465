// What is seen of a command while it runs: calls, requests and messages, in the order in which they come.
import type { SeenRequest } from "./outcome";
import type { Call } from "./plugin";
import { type Properties, urn } from "./snapshot";
import type { Request } from "./traffic";
import { namesInsteadOfIds, seatsOf } from "./world";

export class Watch {
  readonly calls: Call[] = [];
  readonly requests: SeenRequest[] = [];
  private readonly declared: Set<string>;
  /** In words only when somebody reads them. */
  private readonly lines: (() => string)[] = [];

  /**
   * @param inState the seats that the state holds at the moment
   * @param declared seats of which the provider knows that the program declares them, before it is told by a check
   */
  constructor(
    private readonly inState: () => ReadonlySet<string>,
    declared: readonly string[],
  ) {
    this.declared = new Set(declared);
  }

  readonly onCall = (call: Call): void => {
    const { method, resource, args } = call;
    const [, news] = args as Properties[];
    if (method === "check" && news) for (const seat of seatsOf(news)) this.declared.add(seat);
    this.calls.push(call);
    this.lines.push(() => {
      const words = [method, urn(resource), ...args.map((arg) => JSON.stringify(arg))];
      return `  ${words.join(" ")}`;
    });
  };

  readonly isDeclared = (seat: string): boolean => this.declared.has(seat);

  readonly onRequest = (request: Request): void => {
    const { verb, productCode, seats, result } = request;
    const known = this.inState();
    this.requests.push({
      ...request,
      unowned: seats.filter((seat) => !known.has(seat)),
    });
    this.lines.push(() => `    ${verb} ${seats.join(", ") || productCode}: ${result}`);
  };

  readonly onMessage = (message: string): void => {
    this.lines.push(() => `  "${message}"`);
  };

  toString(): string {
    return namesInsteadOfIds(this.lines.map((line) => line()).join("\n"));
  }
}
