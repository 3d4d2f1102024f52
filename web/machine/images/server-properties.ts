/** `config/server.properties` of Kafka 1.1.0: its keys and values in their order; the comments are shorter. */
export const SERVER_PROPERTIES = `# What kafka.server.KafkaConfig reads. A line that starts with # is a default that nobody has set.

############################# Server Basics #############################

# A number that no other broker of the cluster has.
broker.id=0

############################# Socket Server Settings #############################

# Where the broker listens: protocol://host:port.
#listeners=PLAINTEXT://:9092

# What it tells clients to connect to; the listeners when nobody says otherwise.
#advertised.listeners=PLAINTEXT://your.host.name:9092

# Which security protocol a listener's name stands for.
#listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL

num.network.threads=3

num.io.threads=8

socket.send.buffer.bytes=102400

socket.receive.buffer.bytes=102400

socket.request.max.bytes=104857600


############################# Log Basics #############################

# Directories for the partitions, separated by commas.
log.dirs=/tmp/kafka-logs

# Partitions of a topic that is created without saying how many.
num.partitions=1

num.recovery.threads.per.data.dir=1

############################# Internal Topic Settings  #############################

# Right for one broker; three in production.
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1

############################# Log Flush Policy #############################

#log.flush.interval.messages=10000

#log.flush.interval.ms=1000

############################# Log Retention Policy #############################

# Segments older than this may go.
log.retention.hours=168

#log.retention.bytes=1073741824

log.segment.bytes=1073741824

log.retention.check.interval.ms=300000

############################# Zookeeper #############################

# host:port of each server, then a chroot path if wanted.
zookeeper.connect=localhost:2181

zookeeper.connection.timeout.ms=6000


############################# Group Coordinator Settings #############################

# How long a new group waits for more members before its first rebalance. 3 seconds in production.
group.initial.rebalance.delay.ms=0
`;
