export { furnishLaptop } from '../machine/images/furnish-laptop';
export { provideLibraries } from './libraries';
