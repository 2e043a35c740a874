// Every verb that this app can show and send: importing a file registers its mutators.
import './customers/mutators';
import './drives/mutators';
import './follow_ups/lead_mutators';
import './follow_ups/mutators';
import './leads/mutators';
import './sales/mutators';
import './settings/mutators';
import './visits/capture';
import './visits/mutators';
