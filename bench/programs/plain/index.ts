// (b) A plain dynamic provider, as a competent user writes it in an afternoon.
import * as pulumi from "@pulumi/pulumi";
import axios from "axios";
import axiosRetry from "axios-retry";

interface Seat {
  productCode: string;
  userId: string;
}

function seatsApi() {
  const http = axios.create({
    baseURL: `${process.env.DD_HOST}/api/v2/seats`,
    headers: {
      "DD-API-KEY": process.env.DD_API_KEY,
      "DD-APPLICATION-KEY": process.env.DD_APP_KEY,
    },
  });
  axiosRetry(http, {
    retries: 50,
    retryCondition: (error) => (error.response?.status ?? 500) === 429,
    retryDelay: (_count, error) => 1000 * Number(error.response?.headers["x-ratelimit-reset"] ?? 1),
  });
  return http;
}

const body = ({ productCode, userId }: Seat) => ({
  data: {
    type: "seat-assignments",
    attributes: { product_code: productCode, user_uuids: [userId] },
  },
});

const provider: pulumi.dynamic.ResourceProvider<Seat, Seat> = {
  async diff(_id, olds, news) {
    const replaces = (["productCode", "userId"] as const).filter((key) => olds[key] !== news[key]);
    return { changes: replaces.length > 0, replaces, deleteBeforeReplace: true };
  },
  async create(seat) {
    await seatsApi().post("/users", body(seat));
    return { id: `${seat.productCode}/${seat.userId}`, outs: seat };
  },
  async read(id, seat) {
    const http = seatsApi();
    let cursor: string | undefined;
    do {
      const params = {
        product_code: seat?.productCode,
        "page[limit]": 100,
        ...(cursor && { "page[cursor]": cursor }),
      };
      const { data } = await http.get("/users", { params });
      if (data.data.some((user: { id: string }) => user.id === seat?.userId)) {
        return { id, ...(seat && { props: seat }) };
      }
      cursor = data.meta?.next_cursor;
    } while (cursor);
    return { id: "" };
  },
  async delete(_id, seat) {
    await seatsApi().delete("/users", { data: body(seat) });
  },
};

class PlainSeat extends pulumi.dynamic.Resource {
  constructor(name: string, args: Seat) {
    super(provider, name, args);
  }
}

const config = new pulumi.Config();
const first = config.requireNumber("firstUser");
const userIds = Array.from(
  { length: config.requireNumber("seats") },
  (_, n) => `00000000-0000-4000-8000-${String(first + n).padStart(12, "0")}`,
);

for (const [n, userId] of userIds.entries()) {
  new PlainSeat(`seat-${n}`, { productCode: "on_call", userId });
}
