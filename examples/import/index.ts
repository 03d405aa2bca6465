// The seats of an org, as `pulumi-datadog-seats export --as import` wrote them and `pulumi import` read them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SeatAssignment } from "./seatAssignment";

interface Imported {
  readonly name: string;
  /** `productCode/userId` */
  readonly id: string;
}

const { resources } = JSON.parse(readFileSync(join(__dirname, "seats.json"), "utf8")) as {
  resources: Imported[];
};

for (const { name, id } of resources) {
  const [productCode = "", userId = ""] = id.split("/");
  new SeatAssignment(name, { productCode, userId });
}
