import { openAwsFleet } from '../support/aws/fleet.ts';
import { killFaults } from './kill.faults.ts';

killFaults('aws', openAwsFleet);
