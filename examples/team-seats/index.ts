// A team whose members each get a seat of every product, as the stack's configuration says.
import * as pulumi from "@pulumi/pulumi";
import { TeamSeats } from "pulumi-datadog-seats";

const config = new pulumi.Config();
const limit = config.getNumber("limit");

new TeamSeats("sre", {
  products: config.requireObject<string[]>("products"),
  // Names as they should read in a preview, and the UUIDs of the Datadog users.
  members: config.requireObject<Record<string, string>>("members"),
  // How many seats the plan has for this team: with more the preview fails, before Datadog refuses them in an up.
  ...(limit !== undefined && { limit }),
});
