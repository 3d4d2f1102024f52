declare module 'virtual:labs' {
  import type { LabData } from '../lab-data';
  export const LABS: readonly LabData[];
}
