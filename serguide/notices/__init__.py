"""What a listener is told beside the sound: cautions, and numbers to call, by locale."""
