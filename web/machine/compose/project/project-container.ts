import type { Container } from '../../docker/container';
import { LABELS } from './labels';

/** The service that a container belongs to. */
export function serviceOf(container: Container): string {
  return container.config.labels.get(LABELS.service) ?? '';
}

export function numberOf(container: Container): number {
  return Number(container.config.labels.get(LABELS.number) ?? '0');
}

/** `kafka_1`: what stands before its log lines. */
export function nameWithoutProject(container: Container): string {
  const project = container.config.labels.get(LABELS.project) ?? '';
  const service = serviceOf(container);
  return container.name.startsWith(`${project}_${service}`) ? `${service}_${numberOf(container)}` : container.name;
}
