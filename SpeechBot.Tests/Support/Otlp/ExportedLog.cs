namespace SpeechBot.Tests.Support.Otlp;

/// <summary>A line that a service exported, and the trace that it belongs to; empty where it belongs to none.</summary>
public sealed record ExportedLog(string Service, string Text, string TraceId);
