// A team whose members each get a seat of every product, as the stack's configuration says.
import * as pulumi from "@pulumi/pulumi";
import { getUserIds, TeamSeats } from "pulumi-datadog-seats";

const config = new pulumi.Config();
const limit = config.getNumber("limit");

export = async () => {
  // Emails name the seats in a preview. An unknown one fails it, with what was probably meant.
  const { ids } = await getUserIds({ emails: config.requireObject<string[]>("members") });

  new TeamSeats("sre", {
    products: config.requireObject<string[]>("products"),
    members: ids,
    // How many seats this team may have: more of them fail the preview.
    ...(limit !== undefined && { limit }),
  });
};
