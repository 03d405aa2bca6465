// What the engine makes of latency alone: a provider that waits as long as one request takes, for each resource.
import * as pulumi from "@pulumi/pulumi";

const handler = `const wait = () => new Promise((resolve) => setTimeout(resolve, 100));
exports.handler=()=>({
  diff: async () => ({ changes: false }),
  create: async (seat) => { await wait(); return { id: seat.userId, outs: seat }; },
  read: async (id, props) => ({ id, props }),
  delete: wait,
})`;

class Nothing extends pulumi.CustomResource {
  constructor(name: string, args: { productCode: string; userId: string }) {
    super("pulumi-nodejs:dynamic/bench:Nothing", name, { ...args, __provider: handler });
  }
}

const userIds = new pulumi.Config().requireObject<string[]>("users");

for (const [n, userId] of userIds.entries()) {
  new Nothing(`seat-${n}`, { productCode: "on_call", userId });
}
