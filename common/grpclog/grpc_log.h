// gRPC's own log lines quote what a caller sent. They go to the same log as all other lines,
// without their text.
#ifndef ACCORD_COMMON_GRPCLOG_GRPC_LOG_H_
#define ACCORD_COMMON_GRPCLOG_GRPC_LOG_H_

namespace accord {

// One process logs at most this many lines a second; of further ones only the number is logged.
inline constexpr int kGrpcLinesPerSecond = 10;

// This turns each log line of gRPC into the event `grpc` with the source file and line that it comes from and
// its severity: INFO, WARNING or ERROR. Call it before gRPC is used. GRPC_VERBOSITY sets the lowest severity
// that is logged, which is ERROR without it.
void RouteGrpcLog();

// This is for a program that talks to a person: it drops everything below ERROR, and prints only where in the
// source an error comes from.
void RouteGrpcErrors();

}  // namespace accord

#endif  // ACCORD_COMMON_GRPCLOG_GRPC_LOG_H_
