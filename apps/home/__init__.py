"""The assembled pages: today, navigation, manifest, service worker, health."""
