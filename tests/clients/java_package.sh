# The tests of the Java client share this. It is sourced in the root of the repository, with die() at hand.
# shellcheck shell=bash

# What the tests call; all protos take minutes of javac. `./accord nightly` compiles all.
# shellcheck disable=SC2034
JAVA_PROTOS=(accord/protocols/v1/referral_service.proto accord/protocols/v1/changes.proto)
# The transport of Debian needs OpenSSL for ALPN, and the tests read JSON by protobuf.
JAVA_BESIDE=(io.netty:netty-tcnative com.google.protobuf:protobuf-java-util)

# java_client FOLDER [PROTO...]: compiles the project into FOLDER/classes, and sets java_path to the class path by which
# it runs. What protoc made is compiled once for the same sources, and kept in build/java-client.
java_client() {
  local folder=$1 source=$1/tree/src/main/java sum made path new
  clients/java/build.py --tree "$folder/tree" "${@:2}"
  path=$(clients/java/debian_jars.py compile)
  # What is in a folder of its own below the client's, and the client's messages of refusals, are made too.
  find "$source" -name '*.java' ! -path '*/accord/client/*' >"$folder/made"
  echo "$source/example/accord/client/Details.java" >>"$folder/made"
  find "$source/example/accord/client" -name '*.java' ! -name Details.java >"$folder/own"
  sum=$({ xargs cat <"$folder/made"; javac -version; echo "$path"; } | sha256sum | cut -c -32)
  made=$PWD/build/java-client/$sum
  if [ ! -d "$made" ]; then
    mkdir -p build/java-client
    # Those of earlier sources are of no use any more.
    find build/java-client -mindepth 1 -maxdepth 1 -mtime +7 -exec rm -rf {} +
    new=$(mktemp -d build/java-client/new.XXXXXX)
    javac -J-XX:+UseSerialGC -nowarn -proc:none -g:none -cp "$path" -d "$new" "@$folder/made" ||
      { rm -rf "$new"; die 'what protoc made does not compile'; }
    # Another test may have compiled the same meanwhile.
    mv -T "$new" "$made" 2>/dev/null || rm -rf "$new"
  fi
  java_compiled "$folder/classes" "$path:$made" "@$folder/own"
  # Debian's Netty looks for the library by another name than Debian gives it, and the library wants that name.
  mkdir -p "$folder/jni"
  cp /usr/lib/*/jni/libnetty-tcnative.so "$folder/jni/libnetty_tcnative.so"
  java_path=$folder/classes:$made:$(clients/java/debian_jars.py test "${JAVA_BESIDE[@]}")
}

# java_compiled OUT CLASSPATH SOURCE...: whatever javac objects to is an error. Debian's jars name others in their
# manifests that are elsewhere, and exceptions are stored nowhere.
java_compiled() {
  javac -J-XX:+UseSerialGC --release 17 -Xlint:all,-path,-serial -Werror -proc:none -cp "$2" -d "$1" "${@:3}" ||
    die 'the Java client does not compile'
}

# java_run FOLDER WORD...: runs a class by the class path of java_client.
java_run() {
  java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "-Djava.library.path=$1/jni" -cp "$java_path" "${@:2}"
}
