// (c) The engine's floor: the same resources, with a provider that does nothing.
import * as pulumi from "@pulumi/pulumi";

const handler = `exports.handler=()=>({
  diff: async () => ({ changes: false }),
  create: async (seat) => ({ id: seat.userId, outs: seat }),
  read: async (id, props) => ({ id, props }),
  delete: async () => {},
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
