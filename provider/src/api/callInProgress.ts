// A call on its way through axios, which hands it from attempt to attempt.
import { type Call, isWrite } from "./call";
import { now } from "./clock";
import { type Decision, firstAttempt } from "./retry";

declare module "axios" {
  interface AxiosRequestConfig {
    /** The call that an attempt belongs to. */
    callInProgress?: CallInProgress;
  }
}

/** A class, because axios copies plain objects of its configuration. */
export class CallInProgress {
  /** The last decision about the call. */
  decision: Decision;

  constructor(
    private readonly asked: Call,
    maxWaitMs: number,
  ) {
    const attempts = firstAttempt(now().monotonic, maxWaitMs);
    this.decision = { attempts, shouldRetry: false, delayMs: 0 };
  }

  /** The call as its next attempt makes it: a write is in doubt once an attempt may have taken effect. */
  get call(): Call {
    const { asked, decision } = this;
    return { ...asked, inDoubt: isWrite(asked) && (asked.inDoubt || decision.attempts.inDoubt) };
  }
}
