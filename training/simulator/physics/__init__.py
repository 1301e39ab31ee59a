"""What photons do in matter and in detectors: attenuation, spectra, response. No geometry."""
