// The SDKs of the native plugin for Python, Go and Node.js, by Pulumi's own generators.
import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { sdkGenerator } from "../pulumi-cli/goTools";
import { CLI_VERSION } from "../pulumi-cli/install";
import { SCHEMA_FILE } from "./schema";

/** @throws Error when the generator can't be built */
export async function writeSdks(folder: string): Promise<void> {
  const generator = await sdkGenerator();
  rmSync(folder, { recursive: true, force: true });
  await promisify(execFile)(generator, [SCHEMA_FILE, folder]);
  const roster = join(folder, "nodejs", "seatRoster.ts");
  writeFileSync(roster, withCheckedMembers(readFileSync(roster, "utf8")));
  const module = join(folder, "go", "go.mod");
  writeFileSync(module, withPulumi(readFileSync(module, "utf8")));
}

/** Has the SDK for Go ask for a Pulumi that it compiles with: the generator names a far older one. */
const withPulumi = (generated: string) => generated.replace(/(?<=sdk\/v3 v)[\d.]+/, CLI_VERSION);

const MEMBERS = "args?.members;";

/** Pulumi's SDK drops a member who is undefined, drops the label `__proto__`, and hangs on the label `toString`. */
const CHECKED_MEMBERS = `
// The plugin refuses a member who is null, by name; without the member it would unassign the seat.
function checked(members: any): any {
    const isLate = (value: any) => value instanceof Promise || pulumi.Output.isInstance(value);
    if (isLate(members)) return pulumi.output(members).apply(checked);
    if (typeof members !== "object" || members === null) return members;
    for (const label of ["__proto__", "toString"]) {
        if (Object.hasOwn(members, label)) {
            throw new pulumi.RunError(\`A member of a SeatRoster can't have the label "\${label}": choose another one.\`);
        }
    }
    const orNull = (user: any) => isLate(user) ? pulumi.output(user).apply(id => id ?? null) : user ?? null;
    return Object.fromEntries(Object.entries(members).map(([label, user]) => [label, orNull(user)]));
}
`;

/** Has the SDK for Node.js hand over to the plugin who is missing among a roster's members. */
function withCheckedMembers(generated: string): string {
  if (!generated.includes(MEMBERS)) throw new Error(`The generated SeatRoster has no ${MEMBERS}`);
  return generated.replace(MEMBERS, "checked(args?.members);") + CHECKED_MEMBERS;
}
