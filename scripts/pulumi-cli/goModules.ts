// Builds the Pulumi CLI and its Node language host from their published Go modules,
// for machines that reach a Go module proxy but not Pulumi's own downloads.
import { execFile } from "node:child_process";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * Builds into `bin`. Downloads and intermediate files stay in `work`, so that the caller can remove them.
 *
 * @throws Error when there is no `go` command, or a build fails; the message says which.
 */
export async function buildFromGoModules(bin: string, version: string, work: string) {
  await mkdir(bin, { recursive: true });
  const env = {
    ...process.env,
    GOMODCACHE: join(work, "modules"),
    GOCACHE: join(work, "build"),
    GOFLAGS: "-modcacherw -buildvcs=false",
    // go.sum pins every module; the public checksum database doesn't know all of these.
    GONOSUMDB: "github.com/pulumi/*",
  };
  const build = async (moduleFolder: string, output: string, ...args: string[]) => {
    try {
      await run("go", ["build", "-o", join(bin, output), ...args], {
        cwd: join(__dirname, moduleFolder),
        env,
        maxBuffer: 64 * 1024 * 1024,
      });
    } catch (error) {
      const { code, stderr } = error as { code?: string | number; stderr?: string };
      throw new Error(
        code === "ENOENT"
          ? `The Pulumi CLI ${version} is needed, and neither Pulumi's download nor a \`go\` command is there. Install one: https://www.pulumi.com/docs/install/`
          : `Building ${output} from Go modules failed:\n${stderr?.trim().split("\n").slice(-5).join("\n")}`,
      );
    }
  };
  const flags = `-s -w -X ${VERSION_VARIABLE}=v${version}`;
  await build("pulumi", "pulumi", "-ldflags", flags, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi");
  await build(
    "language-nodejs",
    "pulumi-language-nodejs",
    "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  );
  // The launcher of the dynamic-provider host comes with the Node SDK.
  const launcher = "pulumi-resource-pulumi-nodejs";
  await copyFile(require.resolve(`@pulumi/pulumi/${launcher}`), join(bin, launcher));
}
