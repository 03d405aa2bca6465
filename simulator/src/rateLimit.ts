// Datadog's rate limit: a number of requests in a fixed window, reported in headers.
// Source: https://docs.datadoghq.com/api/latest/rate-limits/

export interface LimitState {
  readonly allowed: boolean;
  readonly headers: Record<string, string>;
}

export class RateLimit {
  private windowEnds = 0;
  private used = 0;

  constructor(private readonly now: () => number) {}

  count({ limit, periodSeconds }: { limit: number; periodSeconds: number }): LimitState {
    const now = this.now();
    if (now >= this.windowEnds) {
      this.windowEnds = now + periodSeconds * 1000;
      this.used = 0;
    }
    const allowed = this.used < limit;
    if (allowed) this.used += 1;
    return {
      allowed,
      headers: {
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-period": String(periodSeconds),
        "x-ratelimit-remaining": String(limit - this.used),
        "x-ratelimit-reset": String(Math.ceil((this.windowEnds - now) / 1000)),
        "x-ratelimit-name": "seats",
      },
    };
  }
}
