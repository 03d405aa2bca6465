// `pulumi-datadog-seats report` in this process, which takes no start of another one.
import sinon from "sinon";
import { command } from "../../provider/src/cli/command";
import type { CommandResult } from "./command";
import { pointingAt, type TestServer } from "./connection";

/** Rejects as the command does where it prints an error, or is used wrongly; the error has what was printed before. */
export async function reportHere(server: TestServer, line: string): Promise<CommandResult> {
  const sandbox = sinon.createSandbox();
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    sandbox.stub(process[stream], "write").callsFake((text) => {
      output[stream] += text;
      return true;
    });
  }
  sandbox.stub(process, "env").value(pointingAt(server));
  const { exitCode } = process;
  process.exitCode = 0;
  try {
    await command().parseAsync(["report", ...line.split(" ")], { from: "user" });
    return { code: Number(process.exitCode), ...output };
  } catch (error) {
    throw Object.assign(error as Error, output);
  } finally {
    process.exitCode = exitCode;
    sandbox.restore();
  }
}
