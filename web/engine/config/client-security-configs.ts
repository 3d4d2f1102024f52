import { type ConfigRow, row } from './config-def';

/** What every client has for TLS and SASL. Simulated brokers speak PLAINTEXT only. */
export const CLIENT_SECURITY_ROWS: readonly ConfigRow[] = [
  row('ssl.protocol', 'STRING', 'TLS', 'MEDIUM'),
  row('ssl.provider', 'STRING', null, 'MEDIUM'),
  row('ssl.cipher.suites', 'LIST', null, 'LOW'),
  row('ssl.enabled.protocols', 'LIST', 'TLSv1.2,TLSv1.1,TLSv1', 'MEDIUM'),
  row('ssl.keystore.type', 'STRING', 'JKS', 'MEDIUM'),
  row('ssl.keystore.location', 'STRING', null, 'HIGH'),
  row('ssl.keystore.password', 'PASSWORD', null, 'HIGH'),
  row('ssl.key.password', 'PASSWORD', null, 'HIGH'),
  row('ssl.truststore.type', 'STRING', 'JKS', 'MEDIUM'),
  row('ssl.truststore.location', 'STRING', null, 'HIGH'),
  row('ssl.truststore.password', 'PASSWORD', null, 'HIGH'),
  row('ssl.keymanager.algorithm', 'STRING', 'SunX509', 'LOW'),
  row('ssl.trustmanager.algorithm', 'STRING', 'PKIX', 'LOW'),
  row('ssl.endpoint.identification.algorithm', 'STRING', null, 'LOW'),
  row('ssl.secure.random.implementation', 'STRING', null, 'LOW'),
  row('sasl.kerberos.service.name', 'STRING', null, 'MEDIUM'),
  row('sasl.kerberos.kinit.cmd', 'STRING', '/usr/bin/kinit', 'LOW'),
  row('sasl.kerberos.ticket.renew.window.factor', 'DOUBLE', '0.8', 'LOW'),
  row('sasl.kerberos.ticket.renew.jitter', 'DOUBLE', '0.05', 'LOW'),
  row('sasl.kerberos.min.time.before.relogin', 'LONG', '60000', 'LOW'),
  row('sasl.mechanism', 'STRING', 'GSSAPI', 'MEDIUM'),
  row('sasl.jaas.config', 'PASSWORD', null, 'MEDIUM'),
];
