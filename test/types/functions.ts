// As resources.ts, for what programs call.
import * as pulumi from "@pulumi/pulumi";
import {
  type GetSeatUsersResult,
  getSeatUsers,
  getSeatUsersOutput,
  SeatAssignment,
  type SeatUser,
} from "pulumi-datadog-seats";

const code = pulumi.output("on_call");
const dependsOn = SeatAssignment.get("seat", "on_call/3fa85f64-5717-4562-b3fc-2c963f66afa6");

getSeatUsers({ productCode: "on_call", org: "eu" }) satisfies Promise<GetSeatUsersResult>;
getSeatUsersOutput({ productCode: code }).users satisfies pulumi.Output<SeatUser[]>;
getSeatUsersOutput({ productCode: code, org: code }, { dependsOn });
getSeatUsersOutput({ productCode: code }, { dependsOn: [dependsOn] });

// @ts-expect-error an output may not be known: that is for getSeatUsersOutput
getSeatUsers({ productCode: code });
// @ts-expect-error the product is needed
getSeatUsers({});
// @ts-expect-error of a resource's options only `dependsOn` has a meaning here
getSeatUsersOutput({ productCode: code }, { protect: true });

declare const user: SeatUser;
user.userId satisfies string;
// @ts-expect-error Datadog may tell no email
user.email satisfies string;
// @ts-expect-error what was listed is not changed
user.userId = "";
