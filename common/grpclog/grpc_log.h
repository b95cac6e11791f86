// gRPC's own log lines quote what a caller sent. They go where all lines go, without their text.
#ifndef ACCORD_COMMON_GRPCLOG_GRPC_LOG_H_
#define ACCORD_COMMON_GRPCLOG_GRPC_LOG_H_

namespace accord {

// Lines a second of one process; of more only the number is logged.
inline constexpr int kGrpcLinesPerSecond = 10;

// A line of gRPC becomes the event `grpc` with the source file and line that it comes from, and its severity:
// INFO, WARNING or ERROR. It must be called before gRPC is used. GRPC_VERBOSITY says from which severity on
// lines are told, and without it only ERROR is.
void RouteGrpcLog();

// A program that talks to a person gets nothing below ERROR, and of an error only where it comes from.
void RouteGrpcErrors();

}  // namespace accord

#endif  // ACCORD_COMMON_GRPCLOG_GRPC_LOG_H_
