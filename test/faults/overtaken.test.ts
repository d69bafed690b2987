import { openFleet } from '../support/fleet.ts';
import { overtakenFaults } from './overtaken.faults.ts';

overtakenFaults('embedded', openFleet);
