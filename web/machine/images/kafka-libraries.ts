/** The jars of Kafka 1.1.0 for Scala 2.12, in the order of the class path. Sizes in kB are what `ls` shows. */
export const KAFKA_LIBRARIES: readonly (readonly [name: string, kb: number])[] = [
  ['aopalliance-repackaged-2.5.0-b32.jar', 15], ['argparse4j-0.7.0.jar', 78], ['commons-lang3-3.5.jar', 480], ['connect-api-1.1.0.jar', 89],
  ['connect-file-1.1.0.jar', 21], ['connect-json-1.1.0.jar', 44], ['connect-runtime-1.1.0.jar', 363], ['connect-transforms-1.1.0.jar', 73],
  ['guava-20.0.jar', 2442], ['hk2-api-2.5.0-b32.jar', 185], ['hk2-locator-2.5.0-b32.jar', 190], ['hk2-utils-2.5.0-b32.jar', 134],
  ['jackson-annotations-2.9.4.jar', 68], ['jackson-core-2.9.4.jar', 323], ['jackson-databind-2.9.4.jar', 1348], ['jackson-jaxrs-base-2.9.4.jar', 33],
  ['jackson-jaxrs-json-provider-2.9.4.jar', 17], ['jackson-module-jaxb-annotations-2.9.4.jar', 36], ['javassist-3.20.0-GA.jar', 763],
  ['javassist-3.21.0-GA.jar', 764], ['javax.annotation-api-1.2.jar', 27], ['javax.inject-1.jar', 3], ['javax.inject-2.5.0-b32.jar', 6],
  ['javax.servlet-api-3.1.0.jar', 96], ['javax.ws.rs-api-2.0.1.jar', 116], ['jersey-client-2.25.1.jar', 172], ['jersey-common-2.25.1.jar', 715],
  ['jersey-container-servlet-2.25.1.jar', 19], ['jersey-container-servlet-core-2.25.1.jar', 66], ['jersey-guava-2.25.1.jar', 971],
  ['jersey-media-jaxb-2.25.1.jar', 73], ['jersey-server-2.25.1.jar', 943], ['jetty-client-9.2.24.v20180105.jar', 173],
  ['jetty-continuation-9.2.24.v20180105.jar', 16], ['jetty-http-9.2.24.v20180105.jar', 126], ['jetty-io-9.2.24.v20180105.jar', 109],
  ['jetty-security-9.2.24.v20180105.jar', 96], ['jetty-server-9.2.24.v20180105.jar', 419], ['jetty-servlet-9.2.24.v20180105.jar', 116],
  ['jetty-servlets-9.2.24.v20180105.jar', 125], ['jetty-util-9.2.24.v20180105.jar', 363], ['jopt-simple-5.0.4.jar', 78], ['kafka-clients-1.1.0.jar', 1654],
  ['kafka-log4j-appender-1.1.0.jar', 19], ['kafka-streams-1.1.0.jar', 946], ['kafka-streams-examples-1.1.0.jar', 48],
  ['kafka-streams-test-utils-1.1.0.jar', 36], ['kafka-tools-1.1.0.jar', 380], ['kafka_2.12-1.1.0.jar', 5196], ['log4j-1.2.17.jar', 490],
  ['lz4-java-1.4.jar', 370], ['maven-artifact-3.5.2.jar', 56], ['metrics-core-2.2.0.jar', 83], ['osgi-resource-locator-1.0.1.jar', 21],
  ['plexus-utils-3.1.0.jar', 262], ['reflections-0.9.11.jar', 131], ['rocksdbjni-5.7.3.jar', 13_000], ['scala-library-2.12.4.jar', 5272],
  ['scala-logging_2.12-3.7.2.jar', 27], ['scala-reflect-2.12.4.jar', 3634], ['slf4j-api-1.7.25.jar', 42], ['slf4j-log4j12-1.7.25.jar', 13],
  ['snappy-java-1.1.7.1.jar', 2017], ['validation-api-1.1.0.Final.jar', 64], ['zkclient-0.10.jar', 75], ['zookeeper-3.4.10.jar', 1205],
];

export function kafkaClassPath(): string {
  return KAFKA_LIBRARIES.map(([name]) => `/opt/kafka/bin/../libs/${name}`).join(':');
}
