using System.Runtime.InteropServices;

namespace Whisper.net.Internals;

/// <summary>whisper_token_data of whisper.cpp 1.9.1: 56 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TokenData
{
    public int Id;
    public int TimestampId;
    public float Probability;
    public float LogProbability;
    public float TimestampProbability;
    public float TimestampProbabilitySum;
    public long Start;
    public long End;
    public long DtwTimestamp;
    public float VoiceLength;
}
