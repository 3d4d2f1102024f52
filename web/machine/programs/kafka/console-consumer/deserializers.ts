import { formatJavaDouble } from '../../../../engine/config/java-double';
import { KafkaError } from '../../../../engine/clients/kafka-error';
import { decodeText } from '../../../os/text';

/** What `toString` of the deserialized object gives. Throws KafkaError (SerializationException). */
export type Deserializer = (bytes: Uint8Array) => string;

const PACKAGE = 'org.apache.kafka.common.serialization.';

function sized(name: string, size: number, read: (view: DataView) => string): Deserializer {
  return (bytes) => {
    if (bytes.length !== size) {
      throw new KafkaError('org.apache.kafka.common.errors.SerializationException', `Size of data received by ${name} is not ${size}`);
    }
    return read(new DataView(bytes.buffer, bytes.byteOffset, size));
  };
}

/** Printable ASCII as it is, the rest as `\xNN`. @source kafka 1.1.0 clients/.../common/utils/Bytes.java */
function escapedBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const isPrintable = byte >= 32 && byte <= 126 && byte !== 92;
    text += isPrintable ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}


const DESERIALIZERS: Readonly<Record<string, Deserializer>> = {
  [`${PACKAGE}StringDeserializer`]: decodeText,
  [`${PACKAGE}LongDeserializer`]: sized('LongDeserializer', 8, (view) => view.getBigInt64(0).toString()),
  [`${PACKAGE}IntegerDeserializer`]: sized('IntegerDeserializer', 4, (view) => String(view.getInt32(0))),
  [`${PACKAGE}ShortDeserializer`]: sized('ShortDeserializer', 2, (view) => String(view.getInt16(0))),
  [`${PACKAGE}DoubleDeserializer`]: sized('Deserializer', 8, (view) => formatJavaDouble(view.getFloat64(0))),
  [`${PACKAGE}FloatDeserializer`]: sized('Deserializer', 4, (view) => formatJavaDouble(Number(view.getFloat32(0).toPrecision(8)))),
  [`${PACKAGE}BytesDeserializer`]: escapedBytes,
  [`${PACKAGE}ByteBufferDeserializer`]: (bytes) => `java.nio.HeapByteBuffer[pos=0 lim=${bytes.length} cap=${bytes.length}]`,
  [`${PACKAGE}ByteArrayDeserializer`]: (bytes) => `[B@${((0x1b2c3d4 + 31 * bytes.length) >>> 0).toString(16)}`,
};

/** undefined for a class that is not there. */
export function deserializerOf(className: string): Deserializer | undefined {
  return DESERIALIZERS[className];
}
