namespace SpeechBot.Tests.EndToEnd;

/// <summary>Tests that use the whole application; it is started once for all of them.</summary>
[CollectionDefinition(nameof(EndToEndCollection))]
public sealed class EndToEndCollection : ICollectionFixture<AppHostFixture>;
