// (c) The engine's floor: the same resources, with a provider that does nothing, or waits for nothing.
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const first = config.requireNumber("firstUser");
const userIds = Array.from(
  { length: config.requireNumber("seats") },
  (_, n) => `00000000-0000-4000-8000-${String(first + n).padStart(12, "0")}`,
);

const handler = `const wait = () => new Promise((done) => setTimeout(done, ${config.getNumber("waitMs") ?? 0}));
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

for (const [n, userId] of userIds.entries()) {
  new Nothing(`seat-${n}`, { productCode: "on_call", userId });
}
