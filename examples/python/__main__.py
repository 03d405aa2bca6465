"""The on-call seats of a team, from team.csv."""

import csv

import pulumi
import pulumi_datadog_seats as datadog_seats

with open("team.csv", encoding="utf-8", newline="") as file:
    team = list(csv.DictReader(file))

seats = [
    datadog_seats.SeatAssignment(
        f"{member['name']}-on-call",
        product_code="on_call",
        user_id=member["user_id"],
    )
    for member in team
]

# Everybody who holds a seat then, whether or not this stack owns it.
holders = datadog_seats.get_seat_users_output(
    product_code="on_call",
    opts=pulumi.InvokeOutputOptions(depends_on=seats),
)
pulumi.export("holders", holders.users.apply(lambda users: [user.email for user in users]))
