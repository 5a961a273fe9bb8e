"""The loop over accounts: functions over whole numbers, compiled."""
