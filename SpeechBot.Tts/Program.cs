using SpeechBot.ServiceDefaults.Docs;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.ServiceDefaults.Security;
using SpeechBot.Tts.Api;
using SpeechBot.Tts.Speech;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddApiKeys();
builder.AddApiDocs("SpeechBot mouth", "Speaks: text to speech, sent while it is made, with OpenAI's API.");
builder.AddSpeech();

var app = builder.Build();

app.UseLoopbackGuard();
app.UseOpenAiErrors();
app.UseApiKeys();

app.MapDefaultEndpoints();
app.MapApiDocs();
app.MapSpeechApi();

app.Run();
