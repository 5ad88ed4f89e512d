using SpeechBot.ServiceDefaults.Cores;
using SpeechBot.ServiceDefaults.Docs;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.ServiceDefaults.Security;
using SpeechBot.Stt.Hearing;
using SpeechBot.Stt.Transcription;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddApiKeys();
builder.AddCoreLease();
builder.AddApiDocs("SpeechBot ears", "Hears: speech to text for recordings and for live speech, with OpenAI's API.");
builder.AddTranscription();
builder.AddHearing();

var app = builder.Build();

app.UseWebSockets();
app.UseLoopbackGuard();
app.UseOpenAiErrors();
app.UseApiKeys();

app.MapDefaultEndpoints();
app.MapApiDocs();
app.MapTranscriptionApi();
app.MapHearingApi();

app.Run();
