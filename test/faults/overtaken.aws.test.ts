import { openAwsFleet } from '../support/aws/fleet.ts';
import { overtakenFaults } from './overtaken.faults.ts';

overtakenFaults('aws', openAwsFleet);
