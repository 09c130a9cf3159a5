// The account that the service reads with. In Community every account may do everything,
// so this one is for telling them apart, and for changing passwords one at a time; what
// keeps the service from writing is that it asks in sessions that the server lets only
// read. In Enterprise give it the role as well (docs/operations.md).
CREATE OR REPLACE USER atlas SET PASSWORD $password CHANGE NOT REQUIRED;
