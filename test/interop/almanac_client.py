"""Calls a running almanac over gRPC with Python's grpcio and the stubs that
protoc made, and prints what came back as one JSON object.

    almanac_client.py <folder of the stubs> <host:port>
"""

import json
import sys

sys.path.insert(0, sys.argv[1])

import grpc
from google.protobuf.json_format import MessageToDict

from almanac.v1 import almanac_pb2 as almanac, almanac_pb2_grpc
from bot.action.v1 import action_pb2 as action, action_pb2_grpc
from buf.validate import validate_pb2
import wire_pb2 as wire


def failure(call):
    """The code, message and details with which a call fails."""
    try:
        call()
    except grpc.RpcError as error:
        trailers = dict(error.trailing_metadata())
        status = wire.Status.FromString(trailers.get("grpc-status-details-bin", b""))
        violations = []
        for detail in status.details:
            if detail.type_url == "type.googleapis.com/buf.validate.Violations":
                message = validate_pb2.Violations.FromString(detail.value)
                violations += [MessageToDict(v) for v in message.violations]
        return {
            "code": error.code().name,
            "message": error.details(),
            "violations": violations,
        }
    return None


def main():
    with grpc.insecure_channel(sys.argv[2]) as channel:
        bot = almanac_pb2_grpc.AlmanacServiceStub(channel)
        envelope = action_pb2_grpc.ActionServiceStub(channel)
        check = channel.unary_unary(
            "/grpc.health.v1.Health/Check",
            request_serializer=wire.HealthCheckRequest.SerializeToString,
            response_deserializer=wire.HealthCheckResponse.FromString,
        )

        at = {"seconds": 1771288200}
        unary, call = bot.GetLocalTime.with_call(
            almanac.GetLocalTimeRequest(time_zone="Asia/Shanghai", at=at), timeout=5
        )
        countdown = almanac.CountdownRequest(**{"from": 3, "interval": {"nanos": 1000000}})
        slow = almanac.CountdownRequest(**{"from": 3, "interval": {"seconds": 30}})
        stream = bot.Countdown(slow, timeout=60)
        first = next(stream)
        stream.cancel()
        executed = envelope.Execute(
            action.ExecuteRequest(
                action="get_chinese_date", params={"date": "2026-02-17"}
            ),
            timeout=5,
        )
        executed_stream = envelope.ExecuteStream(
            action.ExecuteStreamRequest(
                action="countdown", params={"from": "2", "interval": '"0.001s"'}
            ),
            timeout=5,
        )
        print(
            json.dumps(
                {
                    "unary": MessageToDict(unary),
                    "code": call.code().name,
                    "stream": [m.remaining for m in bot.Countdown(countdown, timeout=5)],
                    "cancelled": [first.remaining, stream.code().name],
                    "deadline": failure(
                        lambda: list(bot.Countdown(slow, timeout=0.3))
                    ),
                    "invalid": failure(
                        lambda: bot.GetSunTimes(
                            almanac.GetSunTimesRequest(
                                place={"latitude": 91}, date="21 June"
                            ),
                            timeout=5,
                        )
                    ),
                    "unknown_zone": failure(
                        lambda: bot.GetLocalTime(
                            almanac.GetLocalTimeRequest(time_zone="Mars/Olympus"),
                            timeout=5,
                        )
                    ),
                    "executed": {
                        "success": executed.success,
                        "payload": json.loads(executed.payload),
                        "payload_type": executed.payload_type,
                    },
                    "executed_stream": [json.loads(m.payload) for m in executed_stream],
                    "health": {
                        name: wire.HealthCheckResponse.ServingStatus.Name(
                            check(wire.HealthCheckRequest(service=name), timeout=5).status
                        )
                        for name in ["", "almanac.v1.AlmanacService"]
                    },
                    "unknown_health": failure(
                        lambda: check(
                            wire.HealthCheckRequest(service="no.such.Service"), timeout=5
                        )
                    ),
                }
            )
        )


main()
